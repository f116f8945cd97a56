import { screen, waitFor } from '@testing-library/react';
import { EnrollTotp, VerifyCode } from 'mfa-kit';
import { createTestBackend, type Fault, type TestBackend } from 'mfa-kit/testing';
import { expect, it } from 'vitest';

import { enrolledFactor } from '../../stories/act.js';
import { fakeClock } from '../fake-clock.js';
import { renderMfa } from '../render-mfa.js';

const VERIFY = 'POST /challenges/:id/verify';
const CHALLENGE = 'POST /factors/:id/challenge';
const lockedFor = (seconds: number): Fault => ({
  kind: 'answer',
  status: 429,
  body: { code: 'rate_limit_exceeded', retry_after: seconds },
});

const pass = fakeClock();
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const field = () => screen.findByLabelText<HTMLInputElement>('One-time code');

async function renderVerify(type: 'totp' | 'sms', backend = createTestBackend()) {
  const factor = await enrolledFactor(backend, type);
  return { ...renderMfa(<VerifyCode factor={factor} />, { backend }), factor };
}

/** What a live region is given to say from now on: each text that is put into one. */
function listen() {
  const said: string[] = [];
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      const region = (target as Element).closest('[role=alert], [role=status]'); // children are added to elements
      for (const node of addedNodes) if (region && node.textContent) said.push(node.textContent);
    }
  }).observe(document.body, { childList: true, subtree: true });
  return said;
}

it('never lets a press on “Verify” send a message, though the code has run out meanwhile', async () => {
  const { backend, user } = await renderVerify('sms');
  await field();
  const verify = button('Verify');
  const sent = backend.emulator.inbox.length;
  backend.clock.advance(600_000);
  await pass(600_000);
  expect(button('Verify')).toBe(verify);
  expect(button('Send a new code')).toHaveAttribute('data-look', 'primary');
  await user.click(verify);
  expect(backend.emulator.inbox).toHaveLength(sent);
});

it('offers nothing to verify once the server has said that the code is spent', async () => {
  const { backend, user, factor } = await renderVerify('sms');
  const input = await field();
  const old = backend.currentCode(factor.id);
  backend.emulator.expireChallenges();
  await user.type(input, old);
  await screen.findByText(/This code has expired/);
  expect(button('Verify')).toHaveAttribute('aria-disabled', 'true');
});

it('says one thing at a time below the field', async () => {
  const { backend, user } = await renderVerify('sms');
  await field();
  await pass(31_000);
  await user.click(button('Send a new code'));
  expect(await screen.findByText('A new code is on its way.')).toBeVisible();
  await user.click(button('Verify'));
  expect(screen.getByText(/Enter all 6 digits/)).toBeVisible();
  expect(screen.queryByText('A new code is on its way.')).toBeNull();
  expect(backend.requests(VERIFY)).toHaveLength(1); // the enrolment's
});

it('says that a new code is on its way once, and not again after a problem', async () => {
  const { backend, user } = await renderVerify('sms');
  await field();
  await pass(31_000);
  await user.click(button('Send a new code'));
  await screen.findByText('A new code is on its way.');
  backend.faults.next(VERIFY, lockedFor(60));
  await user.type(await field(), '123456');
  await screen.findByText(/You can go on in/, { ignore: '.mfa-visually-hidden' });
  const said = listen();
  await pass(61_000);
  expect(said).not.toContain('A new code is on its way.');
});

it('says that the code has run out, though it did so during a lock', async () => {
  const { backend, user } = await renderVerify('sms');
  backend.faults.next(VERIFY, lockedFor(900));
  await user.type(await field(), '123456');
  await screen.findByText(/You can go on in/, { ignore: '.mfa-visually-hidden' });
  await pass(901_000);
  expect(screen.getByText(/This code has expired/)).toBeVisible();
});

it.each([
  ['a verification', CHALLENGE],
  ['an enrolment', 'POST /factors'],
])('says each failure of %s to start once, also the same one again', async (what, call) => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'sms');
  const before = backend.requests(call).length;
  backend.faults.always(call, { kind: 'unreachable' });
  const { user } = renderMfa(what === 'an enrolment' ? <EnrollTotp /> : <VerifyCode factor={factor} />, {
    backend,
  });
  await screen.findByText(/The connection failed/);
  const said = listen();
  await user.click(button('Try again'));
  await waitFor(() => expect(button('Try again')).not.toHaveAttribute('aria-disabled'));
  expect(backend.requests(call)).toHaveLength(before + 2);
  expect(said).toEqual([expect.stringMatching(/The connection failed/)]);
});

it('marks the code as wrong only where it is the code that is wrong', async () => {
  const { backend, user } = await renderVerify('totp');
  backend.faults.next(VERIFY, { kind: 'unreachable' });
  await user.type(await field(), '123456');
  await screen.findByText(/The connection failed/);
  expect(await field()).toBeValid();
  expect(await field()).toHaveAccessibleDescription(/The connection failed/);
});

it('takes the focus from its own title only, not from another screen’s', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'totp');
  const Other = () => (
    <section className="mfa-screen">
      <h2 className="mfa-title" tabIndex={-1} ref={(title) => title?.focus()}>
        Elsewhere
      </h2>
    </section>
  );
  renderMfa(
    <>
      <Other />
      <VerifyCode factor={factor} />
    </>,
    { backend },
  );
  await field();
  expect(screen.getByRole('heading', { name: 'Elsewhere' })).toHaveFocus();
});

it('tells somebody whose challenge is spent, and who can be sent no other, to start again', async () => {
  const backend: TestBackend = createTestBackend();
  const { id } = await enrolledFactor(backend, 'sms');
  const challenge = { ...(await backend.challengeFactor(id)), factorId: '' };
  const code = backend.currentCode(id);
  backend.emulator.expireChallenges();
  const { user } = renderMfa(<VerifyCode challenge={challenge} />, { backend });
  await user.type(await field(), code);
  expect(await screen.findByText(/Start again/)).toBeVisible();
  expect(screen.queryByRole('button', { name: /Send a new code/ })).toBeNull();
});
