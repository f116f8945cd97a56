import { cleanup, screen, waitFor } from '@testing-library/react';
import { EnrollSms, EnrollTotp, VerifyCode, type AuthenticationFactor } from 'mfa-kit';
import { createTestBackend, type Fault, type TestBackend } from 'mfa-kit/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import 'mfa-kit/styles.css';
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
  const whole = document.querySelector('.mfa-screen')!.getBoundingClientRect(); // there is one, or the test is wrong
  const at = (selector: string) => {
    const box = document.querySelector(`.mfa-screen ${selector}`)?.getBoundingClientRect();
    return box && { top: Math.round(box.top - whole.top), height: Math.round(box.height) };
  };
  return {
    title: at('.mfa-title'),
    hint: at('.mfa-code-step > .mfa-text'),
    label: at('.mfa-label'),
    field: at(':is(.mfa-code-place, .mfa-code-input)'),
    firstAction: at('.mfa-actions > :first-child'),
    lastAction: at('.mfa-actions > :last-child'),
    screen: Math.round(whole.height),
  };
}

const field = () => screen.findByLabelText<HTMLInputElement>('One-time code');
const enrolled = async (backend: TestBackend, type: 'totp' | 'sms'): Promise<AuthenticationFactor> => {
  const { factor } = await backend.enrollFactor(
    type === 'totp' ? { type } : { type, phoneNumber: '+12025550123' },
  );
  return { ...factor, status: 'verified' };
};

/** What 31 seconds more do to the cool-down. */
const coolDownIsOver = () => {
  const now = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => now() + 31_000);
};

describe.each([
  { width: 288, text: 100 },
  { width: 400, text: 100 },
  { width: 288, text: 150 },
  { width: 400, text: 200 },
])('in a column of $width px, with text at $text %, nothing moves', ({ width, text }) => {
  beforeEach(() => {
    document.body.style.inlineSize = `${width}px`;
    document.body.style.fontFamily = 'sans-serif';
    document.documentElement.style.fontSize = `${text}%`;
  });
  afterEach(() => {
    cleanup();
    vi.restoreAllMocks();
    document.body.removeAttribute('style');
    document.documentElement.removeAttribute('style');
  });

  it.each(['totp', 'sms'] as const)('from one state of a verification by %s to the next', async (type) => {
    const backend = createTestBackend();
    const factor = await enrolled(backend, type);
    const sending = gate();
    backend.faults.next(CHALLENGE, { kind: 'held', until: sending.until });
    const { user } = renderMfa(<VerifyCode factor={factor} onCancel={() => {}} />, { backend });
    const seen: Record<string, ReturnType<typeof places>> = { sending: places() };
    sending.open();

    const input = await field();
    seen.ready = places();
    const enter = async (code: string, fault: Fault | undefined, said: RegExp) => {
      if (fault) backend.faults.next(VERIFY, fault);
      await user.type(input, code, { initialSelectionStart: 0, initialSelectionEnd: 6 });
      await waitFor(() => expect(screen.getByText(said)).toBeVisible());
      seen[String(said)] = places();
    };
    const checking = gate();
    backend.faults.next(VERIFY, { kind: 'held', until: checking.until });
    await user.type(input, '111111');
    seen.verifying = places();
    checking.open();
    await screen.findByText(/That code is not right/);
    seen.wrong = places();
    await enter(
      '222222',
      { kind: 'tampered', change: (body) => ({ ...(body as object), attempts_remaining: 3 }) },
      /3 tries left/,
    );
    await enter('333333', { kind: 'answer', status: 409, body: {} }, /Something changed in the meantime/);
    if (type === 'sms') {
      coolDownIsOver();
      const again = await screen.findByRole('button', { name: 'Send a new code' });
      seen['may send again'] = places();
      const resending = gate();
      backend.faults.next(CHALLENGE, { kind: 'held', until: resending.until });
      await user.click(again);
      seen['sending again'] = places();
      resending.open();
      await screen.findByText('A new code is on its way.');
      seen['sent again'] = places();
    }
    await enter('444444', refused('authentication_challenge_expired'), /expired|too long/);
    if (type === 'totp') await enter('555555', TOO_OFTEN, /You can go on in 15:00/);
    for (const [name, place] of Object.entries(seen)) expect(place, name).toEqual(seen.ready);
  });

  it('when a verification could not begin', async () => {
    const backend = createTestBackend();
    const factor = await enrolled(backend, 'sms');
    backend.faults.next(CHALLENGE, { kind: 'answer', status: 503, body: {} });
    const { user } = renderMfa(<VerifyCode factor={factor} onCancel={() => {}} />, { backend });
    await screen.findByText(/Something went wrong/);
    const failed = places();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await field();
    expect(failed).toEqual(places());
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
    const action = () => places().firstAction;
    const before = action();
    const said = async (number: string, sentence: RegExp) => {
      await user.clear(phone);
      if (number) await user.type(phone, number);
      await user.click(screen.getByRole('button', { name: 'Send code' }));
      await screen.findByText(sentence);
      expect(action(), String(sentence)).toEqual(before);
    };
    await said('', /Enter your mobile phone number/);
    await said('202', /too short/);
    await said('+999123456', /No country has this calling code/);
    await said('8002345678', /cannot receive text messages/);
    backend.faults.next('POST /factors', { kind: 'answer', status: 503, body: {} });
    await said('2133734253', /Something went wrong on our side/);
  });
});
