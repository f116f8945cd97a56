import type { TestBackend } from 'mfa-kit/testing';
import { expect, screen, userEvent, waitFor } from 'storybook/test';

import {
  codeField,
  enterCode,
  expectFocus,
  expectInert,
  expectNotOffered,
  expectReady,
  passTime,
  press,
  VERIFY,
  wrongCode,
} from './act.js';
import { FAILURES, type FailureName } from './failures.js';

// What can become of a code, alike in each flow. All begin at a field that waits for one.

/** A code that was refused stays, selected, so that typing replaces it. */
async function expectSelected(code: string): Promise<void> {
  const field = await codeField();
  await expect(field).toHaveValue(code);
  await expectFocus(field);
  await waitFor(() => expect([field.selectionStart, field.selectionEnd]).toEqual([0, code.length]));
}

export async function isWrong(backend: TestBackend): Promise<void> {
  await codeField();
  const code = wrongCode(backend);
  await enterCode(code);
  await expect(
    await screen.findByText('That code is not right. Check it and try again. 4 tries left.'),
  ).toBeVisible();
  await expectSelected(code);
}

/** @param says What is said of the second one. */
export const isWrongTwice = (says: string | RegExp) => async (backend: TestBackend) => {
  await isWrong(backend);
  const before = backend.requests(VERIFY).length;
  const second = wrongCode(backend, '654321');
  await userEvent.keyboard(second);
  await waitFor(() => expect(backend.requests(VERIFY)).toHaveLength(before + 1));
  await expect(await screen.findByText(says)).toBeVisible();
  await expectSelected(second);
};

/** As many codes are taken as the proxy says. */
export const leaves = (attempts: number, says: RegExp) => async (backend: TestBackend) => {
  await codeField();
  backend.faults.always(VERIFY, {
    kind: 'tampered',
    change: (body) => ({ ...(body as object), attempts_remaining: attempts }), // the handler answers in objects
  });
  await enterCode(wrongCode(backend));
  await expect(await screen.findByText(says)).toBeVisible();
};

/** WorkOS takes no more codes for a quarter of an hour. */
export async function isLocked(backend: TestBackend): Promise<void> {
  await codeField();
  backend.emulator.rateLimitFor(900);
  await enterCode('123456');
  await expect(await screen.findByText(/^(15:00|14:\d\d)$/)).toBeVisible();
  await expect(screen.getByText(/^Too many tries\. You can go on in 1[45]:\d\d\.$/)).toBeInTheDocument();
  await expectInert('Verify');
  await expect(await codeField()).toHaveValue('123456');
}

/** Five wrong codes were tried on the message, and it takes no more: only a new one helps, after a pause. */
export async function isSpent(backend: TestBackend): Promise<void> {
  await codeField();
  const code = wrongCode(backend);
  const { challengeId = '' } = backend.emulator.inbox.at(-1) ?? {};
  for (let tries = 0; tries < 5; tries += 1) await backend.verifyChallenge({ challengeId, code });
  await enterCode(code);
  await expect(await screen.findByText(/^Too many tries\. You can go on in 0:\d\d\.$/)).toBeInTheDocument();
  await expectInert('Verify');
  await expectInert(/^Send a new code/);
}

/** A quarter of an hour later it works again by itself, with the code still there. */
export async function isLockedNoMore(backend: TestBackend): Promise<void> {
  await isLocked(backend);
  passTime(900_000);
  await expectReady('Verify');
  await waitFor(() => expect(screen.queryByText(/Too many tries/)).toBeNull());
  await expect(await codeField()).toHaveValue('123456');
}

/** A proxy on WorkOS's User Management, whose challenges end for authenticator apps too. */
export async function isTooLate(backend: TestBackend): Promise<void> {
  await codeField();
  backend.faults.always(VERIFY, {
    kind: 'answer',
    status: 422,
    body: { code: 'authentication_challenge_expired', message: 'The challenge has expired.' },
  });
  await enterCode('123456');
  await expect(
    await screen.findByText('That took a little too long. Enter the code your app shows now.'),
  ).toBeVisible();
  await expect(screen.queryByRole('button', { name: /Send a new code/ })).toBeNull();
}

/** The answer to a right code is lost on its way. */
export async function isCheckedUnheard(backend: TestBackend): Promise<void> {
  await codeField();
  backend.faults.next(VERIFY, { kind: 'lost_answer' });
  const code = backend.currentCode();
  await enterCode(code);
  await expect(await screen.findByText(FAILURES.unreachable.says)).toBeVisible();
  await expect(await codeField()).toHaveValue(code);
  await expectReady('Verify');
}

/** The same code once more, after the first time was not heard of: neither a success nor a wrong code. */
async function isUsed(backend: TestBackend, says: string): Promise<void> {
  await isCheckedUnheard(backend);
  await press('Verify');
  await expect(await screen.findByText(says)).toBeVisible();
  await expect(screen.queryByText(/That code is not right/)).toBeNull();
}

export async function isUsedInApp(backend: TestBackend): Promise<void> {
  await isUsed(backend, 'This code was already used. Wait for your app to show the next one, then enter it.');
  await expectReady('Verify');
}

/** No other code than a new one can be right any more. */
export async function isUsedInMessage(backend: TestBackend): Promise<void> {
  await isUsed(backend, 'This code was already used. Send a new one to go on.');
  await expectNotOffered('Verify');
}

/** The code cannot be checked, is kept, and can be sent again. */
export const cannotBeChecked = (failure: FailureName) => async (backend: TestBackend) => {
  await codeField();
  FAILURES[failure].befall(backend, VERIFY);
  await enterCode('123456');
  await expect(await screen.findByText(FAILURES[failure].says)).toBeVisible();
  await expect(await codeField()).toHaveValue('123456');
  await expectReady('Verify');
};

/** Being checked, for as long as somebody looks: after 15 s without an answer it is given up. */
export async function isBeingChecked(backend: TestBackend): Promise<void> {
  await codeField();
  backend.faults.always(VERIFY, { kind: 'hang' });
  await enterCode('123456');
  await expectInert('Verifying…');
  await expect(screen.getByLabelText('One-time code')).toHaveValue('123456');
}

/** Sent before it was whole. */
export async function isTooShort(backend: TestBackend): Promise<void> {
  await codeField();
  const before = backend.requests().length;
  await enterCode('123{Enter}');
  await expect(await screen.findByText('Enter all 6 digits of the code.')).toBeVisible();
  const field = await codeField();
  await expect(field).toHaveValue('123');
  await expectFocus(field);
  await expect(backend.requests()).toHaveLength(before);
}

/** Half typed: nothing is said of it, and nothing sent. */
export async function isBeingTyped(backend: TestBackend): Promise<void> {
  await codeField();
  const before = backend.requests().length;
  await enterCode('123');
  await expect(await codeField()).toHaveValue('123');
  await expect(await codeField()).not.toHaveAttribute('aria-invalid');
  await expect(backend.requests()).toHaveLength(before);
}

/** The server says that the code's time is over, before the screen's own clock does. */
export async function hasExpiredAtServer(backend: TestBackend): Promise<void> {
  await codeField();
  backend.emulator.expireChallenges();
  await enterCode('123456');
  await expect(await screen.findByText('This code has expired. Send a new one to go on.')).toBeVisible();
  await expect(await codeField()).toHaveValue('123456');
  await expectNotOffered('Verify');
}
