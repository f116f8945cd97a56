import { screen, waitFor, within } from '@testing-library/react';
import { useVerifyCode, VerifyCode } from 'mfa-kit';
import type { AuthenticationFactor, VerifyCodeProps } from 'mfa-kit';
import { createTestBackend } from 'mfa-kit/testing';
import { describe, expect, it, vi } from 'vitest';

import { enrolledFactor } from '../../stories/act.js';
import { fakeClock } from '../fake-clock.js';
import { renderMfa } from '../render-mfa.js';

const CHALLENGE = 'POST /factors/:id/challenge';
const VERIFY = 'POST /challenges/:id/verify';

async function renderVerify(
  type: 'totp' | 'sms',
  props: Pick<VerifyCodeProps, 'onVerified' | 'onError'> = {},
) {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, type);
  const calls = (pattern: string) => backend.requests(pattern).length - 1; // the enrolment made one of each
  const view = renderMfa(<VerifyCode {...props} factor={factor} />, { backend });
  return { ...view, factor, calls, field: await screen.findByLabelText<HTMLInputElement>('One-time code') };
}

const wrong = (right: string) => (right === '000000' ? '000001' : '000000');

const pass = fakeClock();

it('sends one SMS under StrictMode and names where it went', async () => {
  const { calls, field } = await renderVerify('sms');
  expect(calls(CHALLENGE)).toBe(1);
  expect(field).toHaveAccessibleDescription(/number ending in 0 0 0 6/);
  expect(screen.getByText('•••• 0006')).toBeVisible();
});

it('names the account whose app shows the code, and no countdown where nothing expires', async () => {
  const { field } = await renderVerify('totp');
  expect(field).toHaveAccessibleDescription(/Example App/);
  expect(screen.queryByRole('timer')).toBeNull();
});

it('keeps the rejected code in the field, selected, so that typing replaces it', async () => {
  const { user, backend, factor, field } = await renderVerify('totp');
  const code = wrong(backend.currentCode(factor.id));
  await user.click(field);
  await user.keyboard(code);
  expect(await screen.findByText(/That code is not right/)).toBeVisible();
  expect(field).toHaveValue(code);
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, 6]);
  expect(field).toHaveFocus();
  expect(field).toBeInvalid();
});

it('hints at the phone’s clock after the second rejected code of an app', async () => {
  const { user, backend, factor, field } = await renderVerify('totp');
  const right = backend.currentCode(factor.id);
  const [first, second] = ['111111', '222222', '333333'].filter((code) => code !== right);
  await user.click(field);
  await user.keyboard(first ?? '');
  await screen.findByText(/That code is not right\./);
  await user.keyboard(second ?? '');
  expect(await screen.findByText(/your phone sets its time automatically/)).toBeVisible();
});

describe('One press, one request', () => {
  it('does not spend an attempt on the code that was just refused', async () => {
    const { user, backend, factor, field, calls } = await renderVerify('totp');
    await user.click(field);
    await user.keyboard(`${wrong(backend.currentCode(factor.id))}{Enter}{Enter}`);
    await screen.findByText(/That code is not right/);
    await user.keyboard('{Enter}');
    await user.click(screen.getByRole('button', { name: 'Verify' }));
    expect(calls(VERIFY)).toBe(1);
  });

  it('sends no second SMS when its component comes back', async () => {
    const { show, factor, calls } = await renderVerify('sms');
    show(<p>elsewhere</p>);
    await pass(60_000);
    show(<VerifyCode factor={factor} />);
    await screen.findByLabelText('One-time code');
    expect(calls(CHALLENGE)).toBe(1);
  });

  it('sends one SMS when “Send a new code” is pressed twice', async () => {
    const { user, calls } = await renderVerify('sms');
    await pass(31_000);
    await user.dblClick(await screen.findByRole('button', { name: 'Send a new code' }));
    await screen.findByText('A new code is on its way.');
    expect(calls(CHALLENGE)).toBe(2);
  });
});

it('waits half a minute before it sends again, also after a remount', async () => {
  const { show, factor, user, calls } = await renderVerify('sms');
  await pass(5_000);
  show(<p>elsewhere</p>);
  await pass(5_000);
  show(<VerifyCode factor={factor} />);
  const button = await screen.findByRole('button', { name: /Send a new code in 0:(19|20)/ });
  await user.click(button);
  expect(calls(CHALLENGE)).toBe(1);
});

it('verifies, tells the host once, and leaves no code in the page', async () => {
  const onVerified = vi.fn<(verification: unknown) => void>();
  const { user, backend, factor, field, container } = await renderVerify('totp', { onVerified });
  const code = backend.currentCode(factor.id);
  await user.click(field);
  await user.keyboard(code);
  expect(await screen.findByText('Verified.')).toHaveFocus();
  expect(onVerified).toHaveBeenCalledTimes(1);
  expect(onVerified).toHaveBeenCalledWith(expect.objectContaining({ valid: true }));
  expect(container.innerHTML).not.toContain(code);
});

it('offers a new code when the old one has run out, and keeps what was typed until then', async () => {
  const { user, backend, field, calls } = await renderVerify('sms');
  await user.type(field, '123');
  backend.clock.advance(600_000);
  await pass(600_000);
  expect(screen.getByText(/This code has expired/)).toBeVisible();
  expect(field).toHaveValue('123');
  await user.click(screen.getByRole('button', { name: 'Send a new code' }));
  await screen.findByText('A new code is on its way.');
  expect(field).toHaveValue('');
  expect(calls(CHALLENGE)).toBe(2);
});

it('offers a new code when the server says that the old one has run out', async () => {
  const { user, backend, factor, field } = await renderVerify('sms');
  const old = backend.currentCode(factor.id);
  backend.emulator.expireChallenges();
  await pass(31_000);
  await user.type(field, old);
  expect(await screen.findByText(/This code has expired/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Send a new code' }));
  await screen.findByText('A new code is on its way.');
  await user.type(field, backend.currentCode(factor.id));
  expect(await screen.findByText('Verified.')).toBeVisible();
});

it('takes a code that was used already for neither right nor wrong', async () => {
  const onVerified = vi.fn<(verification: unknown) => void>();
  const { user, backend, factor, field } = await renderVerify('sms', { onVerified });
  backend.faults.next(VERIFY, { kind: 'lost_answer' });
  await user.type(field, backend.currentCode(factor.id));
  expect(await screen.findByText(/The connection failed/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Verify' }));
  expect(await screen.findByText(/This code was already used/)).toBeVisible();
  expect(onVerified).not.toHaveBeenCalled();
  expect(backend.requests('GET /factors').length).toBeGreaterThan(1);
  expect(screen.getByRole('button', { name: /Send a new code/ })).toBeVisible();
});

it('waits out a lock and then works again by itself', async () => {
  const { user, backend, factor, field, calls } = await renderVerify('totp');
  backend.faults.next(VERIFY, {
    kind: 'answer',
    status: 429,
    body: { code: 'rate_limit_exceeded' },
    headers: { 'Retry-After': '20' },
  });
  await user.type(field, '123456');
  expect(await screen.findByText('Too many tries. You can go on in 0:20.')).toBeInTheDocument();
  await user.keyboard('{Enter}');
  expect(calls(VERIFY)).toBe(1);
  await pass(21_000);
  expect(screen.queryByText(/Too many tries/)).toBeNull();
  await user.clear(field);
  await user.type(field, backend.currentCode(factor.id));
  expect(await screen.findByText('Verified.')).toBeVisible();
});

describe('Offline or failing, the kit says what happened and works again when the fault is gone', () => {
  it.each([
    [
      'an HTML error page',
      { kind: 'answer', status: 500, body: '<h1>Oops</h1>' },
      /Something went wrong on our side/,
    ],
    [
      'a success that is none',
      { kind: 'tampered', change: (body: unknown) => ({ ...(body as object), valid: 'true' }) },
      /Something went wrong on our side/,
    ],
    ['a broken connection', { kind: 'unreachable' }, /The connection failed/],
    ['a session that has ended', { kind: 'answer', status: 401, body: {} }, /You are signed out/],
  ] as const)('after %s', async (_name, fault, sentence) => {
    const onVerified = vi.fn<(verification: unknown) => void>();
    const onError = vi.fn<(error: unknown) => void>();
    const { user, backend, factor, field } = await renderVerify('sms', { onVerified, onError });
    backend.faults.next(VERIFY, fault.kind === 'tampered' ? fault : { ...fault });
    await user.type(field, '123456');
    expect(await screen.findByText(sentence)).toBeVisible();
    expect(field).toHaveValue('123456');
    expect(onVerified).not.toHaveBeenCalled();
    expect(onError).toHaveBeenCalledTimes(1);
    if (fault.kind === 'tampered') return; // the code was wrong in truth
    await user.clear(field);
    await user.type(field, backend.currentCode(factor.id));
    expect(await screen.findByText('Verified.')).toBeVisible();
  });
});

it('says why no code could be sent, and tries again on a press only', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'sms');
  backend.faults.next(CHALLENGE, { kind: 'unreachable' });
  const { user } = renderMfa(<VerifyCode factor={factor} />, { backend });
  expect(await screen.findByText(/The connection failed/)).toBeVisible();
  expect(backend.requests(CHALLENGE)).toHaveLength(2);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByLabelText('One-time code');
  const [, first, second] = backend.requests(CHALLENGE);
  expect(second?.headers.get('Idempotency-Key')).toBe(first?.headers.get('Idempotency-Key'));
});

it('opens on the authenticator app, and sends an SMS only when its factor is chosen', async () => {
  const backend = createTestBackend();
  const factors = [await enrolledFactor(backend, 'sms'), await enrolledFactor(backend, 'totp')];
  const before = backend.emulator.inbox.length;
  const { user } = renderMfa(<VerifyCode factors={factors} />, { backend });
  await screen.findByText(/Open your authenticator app/);
  expect(backend.emulator.inbox).toHaveLength(before);
  const others = screen.getByRole('group', { name: 'Other ways to verify' });
  await user.click(within(others).getByRole('button', { name: /Text message/ }));
  await waitFor(() => expect(backend.emulator.inbox).toHaveLength(before + 1));
  await user.click(screen.getByRole('button', { name: 'Authenticator app' }));
  await user.click(screen.getByRole('button', { name: /Text message/ }));
  await screen.findByText('•••• 0006');
  expect(backend.emulator.inbox).toHaveLength(before + 1);
});

it('says so when there is nothing to verify with', async () => {
  renderMfa(<VerifyCode factors={[]} />);
  expect(await screen.findByText(/There is no way to verify set up/)).toBeVisible();
});

it('ignores the late answer of a component that is gone for good', async () => {
  const onVerified = vi.fn<(verification: unknown) => void>();
  const { user, backend, factor, field, unmount } = await renderVerify('totp', { onVerified });
  let release = () => {};
  backend.faults.next(VERIFY, { kind: 'late', until: new Promise<void>((resolve) => (release = resolve)) });
  await user.type(field, backend.currentCode(factor.id));
  unmount();
  await pass(0);
  release();
  await pass(100);
  expect(onVerified).not.toHaveBeenCalled();
});

describe('one’s own markup on the hook', () => {
  function Own({ factor }: { factor: AuthenticationFactor }) {
    const flow = useVerifyCode({ factor });
    if (flow.step !== 'code') return <p>{flow.step}</p>;
    return <button onClick={flow.resend}>{flow.code.resent}</button>;
  }

  it('sends nothing before the wait is over, however often it asks', async () => {
    const backend = createTestBackend();
    const factor = await enrolledFactor(backend, 'sms');
    const { user } = renderMfa(<Own factor={factor} />, { backend });
    const button = await screen.findByRole('button', { name: '0' });
    await user.click(button);
    await user.click(button);
    expect(backend.requests(CHALLENGE)).toHaveLength(2); // the enrolment's and the first
    await pass(31_000);
    await user.click(button);
    await screen.findByRole('button', { name: '1' });
    expect(backend.requests(CHALLENGE)).toHaveLength(3);
  });
});
