import { act, screen, waitFor } from '@testing-library/react';
import { EnrollSms, EnrollTotp, VerifyCode } from 'mfa-kit';
import { createTestBackend, type Fault } from 'mfa-kit/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { gate } from '../gate.js';
import { renderMfa } from '../render-mfa.js';

const ENROLL = 'POST /factors';
const CHALLENGE = 'POST /factors/:id/challenge';
const VERIFY = 'POST /challenges/:id/verify';

const codeField = () => screen.findByLabelText<HTMLInputElement>('One-time code');
const wrong = (right: string) => (right === '000000' ? '000001' : '000000');

/** Everything that was written to the console, as text. */
let said: string[] = [];

beforeEach(() => {
  said = [];
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, level).mockImplementation(
      (...words: unknown[]) => void said.push(words.map(String).join(' ')),
    );
  }
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('1. One press, one request', () => {
  it('in StrictMode, for two components that show the same enrolment', async () => {
    const { backend } = renderMfa(
      <>
        <EnrollTotp />
        <EnrollTotp />
      </>,
    );
    await waitFor(() => expect(screen.getAllByLabelText('One-time code')).toHaveLength(2));
    expect(backend.requests(ENROLL)).toHaveLength(1);
  });

  it('on Enter while the last digit is being checked', async () => {
    const { backend, user } = renderMfa(<EnrollTotp />);
    const { until, open } = gate();
    backend.faults.next(VERIFY, { kind: 'held', until });
    await user.type(await codeField(), `${backend.currentCode()}{Enter}{Enter}`);
    await user.click(screen.getByRole('button', { name: 'Verifying…' }));
    open();
    await screen.findByText('Your authenticator app is set up.');
    expect(backend.requests(VERIFY)).toHaveLength(1);
    expect(backend.requests(CHALLENGE)).toHaveLength(1);
  });
});

describe('3. No code, secret or phone number where it does not belong', () => {
  it('not in storage, the URL, the console, errors or events; not in the page after its use', async () => {
    const errors: unknown[] = [];
    const results: unknown[] = [];
    const { backend, user, container, show } = renderMfa(
      <EnrollTotp
        onEnrolled={(factor) => results.push(factor)}
        onError={(error) => errors.push(error, error.stack)}
      />,
    );
    const secret =
      (await screen.findByRole('group', { name: 'Setup key' })).querySelector('code')?.textContent ?? '';
    expect(secret).toHaveLength(32);
    backend.faults.next(VERIFY, { kind: 'answer', status: 500, body: { message: `secret ${secret}` } });
    const field = await codeField();
    const first = wrong(backend.currentCode());
    await user.type(field, first);
    await screen.findByText(/Something went wrong/);
    await user.clear(field);
    const code = backend.currentCode();
    await user.type(field, code);
    await screen.findByText('Your authenticator app is set up.');

    await backend.stepUp();
    show(<EnrollSms defaultCountry="GB" onEnrolled={(factor) => results.push(factor)} />);
    await user.type(screen.getByLabelText('Phone number'), '07400123456{Enter}');
    await user.type(await codeField(), backend.currentCode());
    await screen.findByText('Your phone is set up.');

    const places = JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      location.href,
      history.state,
      document.cookie,
      said,
      errors.map(String),
      errors,
      results,
      container.innerHTML,
      backend.requests().map(({ path, headers }) => [path, [...headers]]),
    ]);
    for (const kept of [secret, code, first, '7400123456', '7400 123456']) expect(places).not.toContain(kept);
  });
});

describe('4. Success is only what the server said', () => {
  const answers: [string, (body: { challenge: object }) => unknown][] = [
    ['the text "true"', (body) => ({ ...body, valid: 'true' })],
    ['the number 1', (body) => ({ ...body, valid: 1 })],
    ['an object', (body) => ({ ...body, valid: {} })],
    [
      'an inherited field',
      (body) => JSON.parse(`{"challenge":${JSON.stringify(body.challenge)},"__proto__":{"valid":true}}`),
    ],
    [
      'another challenge',
      (body) => ({ challenge: { ...body.challenge, id: 'auth_challenge_other' }, valid: true }),
    ],
    ['no challenge', () => ({ valid: true })],
    [
      'a success beside an error',
      (body) => ({ ...body, valid: true, code: 'authentication_challenge_expired' }),
    ],
    ['nothing', () => ({})],
  ];

  it.each(answers)('not %s', async (_name, change) => {
    const onEnrolled = vi.fn<(factor: unknown) => void>();
    const { backend, user } = renderMfa(<EnrollTotp onEnrolled={onEnrolled} />);
    const fault: Fault = { kind: 'tampered', change: (body) => change(body as { challenge: object }) };
    backend.faults.next(VERIFY, fault);
    await user.type(await codeField(), wrong(backend.currentCode()));
    await waitFor(() => expect(backend.requests(VERIFY)).toHaveLength(1));
    expect(await screen.findByRole('button', { name: 'Verify' })).toBeVisible();
    expect(screen.queryByText('Your authenticator app is set up.')).toBeNull();
    expect(onEnrolled).not.toHaveBeenCalled();
  });
});

describe('5. Offline or failing, the kit says so, keeps what was typed, and sends nothing later by itself', () => {
  it('after the network has come back', async () => {
    const { backend, user } = renderMfa(<EnrollTotp />);
    const field = await codeField();
    const online = backend.faults.always(VERIFY, { kind: 'offline' });
    const isOnline = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const code = backend.currentCode();
    await user.type(field, code);
    expect(await screen.findByText('You are offline. Check your connection, then try again.')).toBeVisible();
    expect(field).toHaveValue(code);
    isOnline.mockReturnValue(true);
    online();
    act(() => void dispatchEvent(new Event('online')));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(backend.requests(VERIFY)).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Verify' }));
    expect(await screen.findByText('Your authenticator app is set up.')).toBeVisible();
  });
});

describe('6. A late answer changes nothing', () => {
  it('of an enrolment that was cancelled meanwhile', async () => {
    const onEnrolled = vi.fn<(factor: unknown) => void>();
    const backend = createTestBackend();
    const { until, open } = gate();
    backend.faults.next(ENROLL, { kind: 'late', until });
    const { user } = renderMfa(<EnrollTotp onEnrolled={onEnrolled} onCancel={() => {}} />, { backend });
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    open();
    await waitFor(() => expect(backend.emulator.factors).toHaveLength(0));
    expect(screen.queryByRole('img')).toBeNull();
    expect(onEnrolled).not.toHaveBeenCalled();
  });

  it('of a factor that was switched away from', async () => {
    const onVerified = vi.fn<(verification: unknown) => void>();
    const backend = createTestBackend();
    const factors = [
      await backend.ownFactor({ type: 'totp' }),
      await backend.ownFactor({ type: 'sms', phoneNumber: '+15005550006' }),
    ];
    const { until, open } = gate();
    const { user } = renderMfa(<VerifyCode factors={factors} onVerified={onVerified} />, { backend });
    const field = await codeField();
    backend.faults.next(VERIFY, { kind: 'late', until });
    await user.type(field, wrong(backend.currentCode(factors[0]?.id)));
    await user.click(screen.getByRole('button', { name: /Text message/ }));
    await screen.findByText('•••• 0006');
    open();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await codeField()).toBeValid();
    expect(screen.queryByText(/That code is not right/)).toBeNull();
    expect(onVerified).not.toHaveBeenCalled();
  });
});

describe('7. Server text is never shown', () => {
  it('not of an error', async () => {
    const { backend, user, container } = renderMfa(<EnrollTotp />);
    const field = await codeField();
    backend.faults.next(VERIFY, {
      kind: 'answer',
      status: 422,
      body: { code: 'something_new', message: 'Pay at evil.example <img src=x onerror=alert(1)>' },
    });
    await user.type(field, '123456');
    expect(await screen.findByText(/Reload the page and try again/)).toBeVisible();
    expect(container.innerHTML).not.toMatch(/evil|onerror/);
  });

  it('but issuer and account, as clean text of at most 64 characters', async () => {
    const backend = createTestBackend();
    backend.faults.next(ENROLL, {
      kind: 'tampered',
      change: (body) => {
        const factor = body as { totp: object };
        const totp = { ...factor.totp, issuer: '<b>Bank\u202Eknab</b>', user: 'x'.repeat(10_000) };
        return { ...factor, totp };
      },
    });
    const { container } = renderMfa(<EnrollTotp />, { backend });
    await codeField();
    const account = screen.getByText(/<b>Bankknab<\/b>/);
    expect(account).toBeVisible();
    expect(container.querySelector('b')).toBeNull();
    expect(account.textContent?.length).toBeLessThan(100);
  });
});
