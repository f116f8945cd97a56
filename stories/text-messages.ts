import type { TestBackend } from 'mfa-kit/testing';
import { expect, screen } from 'storybook/test';

import {
  CHALLENGE,
  codeField,
  enterCode,
  expectFocus,
  expectInert,
  expectReady,
  passTime,
  press,
} from './act.js';
import { FAILURES, type FailureName } from './failures.js';

// What can become of a message with a code, alike in each flow. All begin when one was just sent.

const SECOND = 1000; // milliseconds
const MINUTE = 60 * SECOND;

export async function coolsDown(): Promise<void> {
  await codeField();
  await expectInert(/^Send a new code in 0:(30|2\d)$/);
  await expectReady('Verify');
}

/** Half a minute later another one can be had. */
export async function canBeSentAgain(): Promise<void> {
  await codeField();
  passTime(30 * SECOND);
  await expectReady('Send a new code');
}

export async function isBeingSentAgain(backend: TestBackend): Promise<void> {
  await canBeSentAgain();
  backend.faults.always(CHALLENGE, { kind: 'hang' });
  await press('Send a new code');
  await expectInert('Sending…');
}

export async function isSentAgain(backend: TestBackend): Promise<void> {
  await enterCode('123');
  const before = backend.emulator.inbox.length;
  await canBeSentAgain();
  await press('Send a new code');
  await expect(await screen.findByText('A new code is on its way.')).toBeVisible();
  await expect(backend.emulator.inbox).toHaveLength(before + 1);
  await expect(await codeField()).toHaveValue('');
  await expectFocus(await codeField());
  await expectInert(/^Send a new code in/);
}

/** The server wants a longer pause than the screen had kept. */
export async function isRefusedAgain(backend: TestBackend): Promise<void> {
  await canBeSentAgain();
  backend.emulator.rateLimitFor(60);
  await press('Send a new code');
  await expect(await screen.findByText(FAILURES.tooOften.says)).toBeVisible();
  await expectInert(/^Send a new code in (1:00|0:5\d)$/);
  await expectReady('Verify'); // the code that was sent before still counts
}

export const cannotBeSentAgain = (failure: FailureName) => async (backend: TestBackend) => {
  await canBeSentAgain();
  FAILURES[failure].befall(backend, CHALLENGE);
  await press('Send a new code');
  await expect(await screen.findByText(FAILURES[failure].says)).toBeVisible();
  await expectReady('Send a new code');
};

export async function isInItsLastMinute(): Promise<void> {
  await codeField();
  passTime(9 * MINUTE + 5 * SECOND);
  await expect(await screen.findByText(/^0:5\d$/)).toBeVisible();
  await expect(await screen.findByText(/^The code expires in 5\d seconds\.$/)).toBeInTheDocument();
}

/** Ten minutes later: a new code is what helps now, and what was typed is kept until there is one. */
export async function hasExpired(): Promise<void> {
  await enterCode('123');
  passTime(10 * MINUTE);
  await expect(await screen.findByText('This code has expired. Send a new one to go on.')).toBeVisible();
  await expectReady('Send a new code');
  await expect(await codeField()).toHaveValue('123');
}
