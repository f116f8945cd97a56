import { cleanup, screen, waitFor } from '@testing-library/react';
import { EnrollSms, EnrollTotp, VerifyCode, type AuthenticationFactor } from 'mfa-kit';
import { createTestBackend, type Fault, type TestBackend } from 'mfa-kit/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import '../../src/styles/index.css';
import { gate } from '../gate.js';
import { renderMfa } from '../render-mfa.js';

const VERIFY = 'POST /challenges/:id/verify';
const CHALLENGE = 'POST /factors/:id/challenge';
const refused = (code: string, extra = {}): Fault => ({
  kind: 'answer',
  status: 422,
  body: { code, ...extra },
});
const TOO_OFTEN: Fault = {
  kind: 'answer',
  status: 429,
  body: { code: 'rate_limit_exceeded', retry_after: 900 },
};

/** Where each thing stands that a person might be about to press or read. */
function places() {
  const at = (selector: string) => {
    const box = document.querySelector(`.mfa-screen ${selector}`)?.getBoundingClientRect();
    return box && { top: Math.round(box.top), height: Math.round(box.height) };
  };
  return {
    title: at('.mfa-title'),
    hint: at('.mfa-code-step > .mfa-text')?.top,
    label: at('.mfa-label'),
    field: at(':is(.mfa-code-place, .mfa-code-input)'),
    firstAction: at('.mfa-actions > :first-child'),
    lastAction: at('.mfa-actions > :last-child'),
    screen: at('')?.height,
  };
}

const field = () => screen.findByLabelText<HTMLInputElement>('One-time code');
const enrolled = async (backend: TestBackend, type: 'totp' | 'sms'): Promise<AuthenticationFactor> => {
  const { factor } = await backend.enrollFactor(
    type === 'totp' ? { type } : { type, phoneNumber: '+12025550123' },
  );
  return { ...factor, status: 'verified' };
};

describe.each([288, 400])('in a column of %i px nothing moves', (width) => {
  beforeEach(() => {
    document.body.style.inlineSize = `${width}px`;
    document.body.style.fontFamily = 'sans-serif';
  });
  afterEach(() => {
    cleanup();
    document.body.removeAttribute('style');
  });

  it.each(['totp', 'sms'] as const)('from one state of a verification by %s to the next', async (type) => {
    const backend = createTestBackend();
    const factor = await enrolled(backend, type);
    const sending = gate();
    backend.faults.next(CHALLENGE, { kind: 'answer', status: 503, body: {} });
    backend.faults.next(CHALLENGE, { kind: 'held', until: sending.until });
    const { user } = renderMfa(<VerifyCode factor={factor} onCancel={() => {}} />, { backend });
    await screen.findByText(/Something went wrong/);
    const seen = { failed: places() } as Record<string, ReturnType<typeof places>>;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    seen.sending = places();
    sending.open();

    const input = await field();
    seen.ready = places();
    const try_ = async (code: string, fault: Fault | undefined, said: RegExp) => {
      if (fault) backend.faults.next(VERIFY, fault);
      input.select();
      await user.type(input, code, { initialSelectionStart: 0, initialSelectionEnd: 6 });
      await waitFor(() => expect(screen.getByText(said)).toBeVisible());
      seen[`${said}`] = places();
    };
    const checking = gate();
    backend.faults.next(VERIFY, { kind: 'held', until: checking.until });
    await user.type(input, '111111');
    seen.verifying = places();
    checking.open();
    await screen.findByText(/That code is not right/);
    seen.wrong = places();
    const wrong = (attempts_remaining: number): Fault => ({
      kind: 'tampered',
      change: (body) => ({ ...(body as object), attempts_remaining }),
    });
    await try_('222222', wrong(3), /3 tries left/);
    await try_('333333', { kind: 'unreachable' }, /The connection failed/);
    await try_('444444', refused('authentication_challenge_expired'), /expired|too long/);
    if (type === 'totp') await try_('555555', TOO_OFTEN, /You can go on in 15:00/);
    for (const [name, place] of Object.entries(seen)) expect(place, name).toEqual(seen.ready);
  });

  it('while an enrolment of an app starts, fails, starts again and asks for the code', async () => {
    const backend = createTestBackend();
    const starting = gate();
    backend.faults.next('POST /factors', { kind: 'unreachable' });
    backend.faults.next('POST /factors', { kind: 'held', until: starting.until });
    const { user } = renderMfa(<EnrollTotp onCancel={() => {}} />, { backend });
    await screen.findByText(/The connection failed/);
    const failed = places();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    const retrying = places();
    starting.open();
    const input = await field();
    const ready = places();
    expect(failed).toEqual(ready);
    expect(retrying).toEqual(ready);
    await user.click(screen.getByRole('button', { name: 'Copy key' }));
    await waitFor(() => expect(document.querySelector('.mfa-secret-status')).not.toBeEmptyDOMElement());
    expect(places()).toEqual(ready);
    await user.type(input, '111111');
    await screen.findByText(/That code is not right/);
    await user.type(input, '222222', { initialSelectionStart: 0, initialSelectionEnd: 6 });
    await screen.findByText(/sets its time automatically/);
    expect(places()).toEqual(ready);
  });

  it('when a picture is refused, or has not come yet', async () => {
    const backend = createTestBackend();
    backend.faults.next('POST /factors', {
      kind: 'tampered',
      change: (body) => {
        const { totp, ...factor } = body as { totp: object };
        return { ...factor, totp: { ...totp, qr_code: 'https://elsewhere.example/qr.png' } };
      },
    });
    renderMfa(<EnrollTotp onCancel={() => {}} />, { backend });
    const waiting = places();
    await screen.findByText(/The QR code cannot be shown here/);
    expect(places()).toEqual(waiting);
  });

  it('whatever is wrong with a phone number', async () => {
    const { user, backend } = renderMfa(<EnrollSms defaultCountry="US" onCancel={() => {}} />);
    const phone = await screen.findByLabelText('Phone number');
    const action = () => document.querySelector('.mfa-actions')?.getBoundingClientRect().top;
    const before = action();
    const said = async (text: string, sentence: RegExp) => {
      await user.clear(phone);
      if (text) await user.type(phone, text);
      await user.click(screen.getByRole('button', { name: 'Send code' }));
      await screen.findByText(sentence);
      expect(action(), String(sentence)).toBe(before);
    };
    await said('', /Enter your mobile phone number/);
    await said('202', /too short/);
    await said('+999123456', /No country has this calling code/);
    await said('8002345678', /cannot receive text messages/);
    backend.faults.next('POST /factors', { kind: 'answer', status: 503, body: {} });
    await said('2133734253', /Something went wrong on our side/);
  });
});
