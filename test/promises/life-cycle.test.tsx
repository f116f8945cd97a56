import { act, fireEvent, render, screen } from '@testing-library/react';
import { EnrollSms, EnrollTotp, MfaProvider, PhoneField, VerifyCode } from 'mfa-kit';
import { createTestBackend, type TestBackend } from 'mfa-kit/testing';
import * as React from 'react';
import { type ComponentType, type ReactNode, StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';

import { gate } from '../gate.js';
import { enrolledFactor } from '../../stories/act.js';
import { fakeClock } from '../fake-clock.js';
import { renderMfa } from '../render-mfa.js';

type ActivityType = ComponentType<{ mode: 'visible' | 'hidden'; children: ReactNode }>;
/** React 19.2 and newer. */
const Activity = (React as { Activity?: ActivityType }).Activity;

const ENROLL = 'POST /factors';
const CHALLENGE = 'POST /factors/:id/challenge';
const VERIFY = 'POST /challenges/:id/verify';
const pass = fakeClock();
const codeField = () => screen.findByLabelText<HTMLInputElement>('One-time code');

it('hands over a success that came between two mounts, and does not enrol again', async () => {
  const onEnrolled = vi.fn<(result: unknown) => void>();
  const { backend, user, show } = renderMfa(<EnrollTotp onEnrolled={onEnrolled} />);
  const { until, open } = gate();
  const f = await codeField();
  backend.faults.next(VERIFY, { kind: 'late', until });
  await user.type(f, backend.currentCode());
  show(<p>elsewhere</p>);
  await pass(100);
  open();
  await pass(500);
  show(<EnrollTotp onEnrolled={onEnrolled} />);
  await pass(500);
  expect({ calls: onEnrolled.mock.calls.length, factors: backend.emulator.factors.length }).toEqual({
    calls: 1,
    factors: 1,
  });
});
it('hands over a verification that came between two mounts, and sends no second SMS', async () => {
  const onVerified = vi.fn<(result: unknown) => void>();
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'sms');
  const before = backend.emulator.inbox.length;
  const { user, show } = renderMfa(<VerifyCode factor={factor} onVerified={onVerified} />, { backend });
  const { until, open } = gate();
  const f = await codeField();
  backend.faults.next(VERIFY, { kind: 'late', until });
  await user.type(f, backend.currentCode(factor.id));
  show(<p>elsewhere</p>);
  await pass(100);
  open();
  await pass(500);
  show(<VerifyCode factor={factor} onVerified={onVerified} />);
  await pass(500);
  expect({ calls: onVerified.mock.calls.length, sms: backend.emulator.inbox.length - before }).toEqual({
    calls: 1,
    sms: 1,
  });
});
it('offers another try when the first challenge is refused as locked', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'totp');
  backend.faults.next(CHALLENGE, {
    kind: 'answer',
    status: 429,
    body: { code: 'one_time_code_too_many_attempts' },
    headers: { 'Retry-After': '5' },
  });
  renderMfa(<VerifyCode factor={factor} />, { backend });
  await pass(60_000);
  expect(screen.queryByText(/Getting your code ready/)).toBeNull();
});
it('lets a phone be entered after the page has come back from the back/forward cache', async () => {
  const { backend, user } = renderMfa(<EnrollSms defaultCountry="GB" />);
  await pass(10);
  act(() => void dispatchEvent(new Event('pagehide')));
  act(() => void dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })));
  await user.type(screen.getByLabelText('Phone number'), '07400123456{Enter}');
  await pass(1000);
  expect({
    requests: backend.requests(ENROLL).length,
    alert: screen.queryByRole('alert')?.textContent,
  }).toMatchObject({ requests: 1 });
});
it('reads a national number as one of the only country allowed', async () => {
  const { backend, user } = renderMfa(<EnrollSms countries={['GB']} />);
  await user.type(screen.getByLabelText('Phone number'), '07400123456{Enter}');
  await pass(1000);
  expect({
    requests: backend.requests(ENROLL).length,
    alert: screen.queryByRole('alert')?.textContent,
  }).toMatchObject({ requests: 1 });
});
it('stays on the form when a message asked for before arrives', async () => {
  const { backend, user } = renderMfa(<EnrollSms defaultCountry="GB" />);
  await user.type(screen.getByLabelText('Phone number'), '07400123456{Enter}');
  await codeField();
  await pass(31_000);
  const { until, open } = gate();
  backend.faults.next(CHALLENGE, { kind: 'late', until });
  await user.click(screen.getByRole('button', { name: 'Send a new code' }));
  await user.click(screen.getByRole('button', { name: 'Change number' }));
  const phone = await screen.findByLabelText('Phone number');
  await user.clear(phone);
  await user.type(phone, '0750');
  open();
  await pass(500);
  expect(screen.queryByLabelText('Phone number')).not.toBeNull();
});
it('stays on the form when the code behind it runs out', async () => {
  const { user } = renderMfa(<EnrollSms defaultCountry="GB" />);
  await user.type(screen.getByLabelText('Phone number'), '07400123456{Enter}');
  await codeField();
  await user.click(screen.getByRole('button', { name: 'Change number' }));
  const phone = await screen.findByLabelText('Phone number');
  await user.clear(phone);
  await user.type(phone, '0750');
  await pass(601_000);
  expect(screen.queryByLabelText('Phone number')).not.toBeNull();
});
it('puts the focus on the number when it is to be changed', async () => {
  const { user } = renderMfa(<EnrollSms defaultCountry="GB" />);
  await user.type(screen.getByLabelText('Phone number'), '07400123456{Enter}');
  await codeField();
  await user.click(screen.getByRole('button', { name: 'Change number' }));
  await screen.findByLabelText('Phone number');
  await pass(50);
  expect(document.activeElement).not.toBe(document.body);
});
it('keeps the focus when an enrolment is tried again', async () => {
  const backend = createTestBackend();
  backend.faults.next(ENROLL, { kind: 'unreachable' });
  const { user } = renderMfa(<EnrollTotp />, { backend });
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  await codeField();
  expect(document.activeElement).not.toBe(document.body);
});
it('says when another try is possible, or makes it', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'sms');
  const { user } = renderMfa(<VerifyCode factor={factor} />, { backend });
  backend.faults.next(VERIFY, { kind: 'answer', status: 404, body: { code: 'entity_not_found' } });
  await user.type(await codeField(), '123456');
  const n = backend.requests(CHALLENGE).length;
  await user.click(await screen.findByRole('button', { name: /Try again/ }));
  await pass(200);
  expect({
    name: screen.queryByRole('button', { name: /Try again/ })?.textContent,
    sent: backend.requests(CHALLENGE).length - n,
  }).not.toEqual({ name: 'Try again', sent: 0 });
});
it('leaves no factor behind when its challenge was lost and the person gives up', async () => {
  const { backend, user } = renderMfa(<EnrollTotp onCancel={() => {}} />);
  const f = await codeField();
  backend.faults.next(VERIFY, { kind: 'answer', status: 404, body: { code: 'entity_not_found' } });
  await user.type(f, '123456');
  await screen.findByText(/This has ended/);
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await pass(1000);
  expect(backend.emulator.factors).toHaveLength(0);
});
it('leaves no phone behind when its challenge was lost and the person gives up', async () => {
  const { backend, user } = renderMfa(<EnrollSms defaultCountry="GB" onCancel={() => {}} />);
  await user.type(screen.getByLabelText('Phone number'), '07400123456{Enter}');
  const f = await codeField();
  backend.faults.next(VERIFY, { kind: 'answer', status: 404, body: { code: 'entity_not_found' } });
  await user.type(f, '123456');
  await screen.findByText(/This has ended/);
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await pass(1000);
  expect(backend.emulator.factors).toHaveLength(0);
});
it('says that a refused code is wrong also after another one failed to arrive', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'totp');
  const { user } = renderMfa(<VerifyCode factor={factor} />, { backend });
  const right = backend.currentCode(factor.id);
  const [a, b] = ['111111', '222222', '333333'].filter((c) => c !== right);
  const f = await codeField();
  await user.type(f, a!);
  await screen.findByText(/That code is not right/);
  backend.faults.next(VERIFY, { kind: 'unreachable' });
  await user.clear(f);
  await user.type(f, b!);
  await screen.findByText(/connection failed/);
  const n = backend.requests(VERIFY).length;
  await user.clear(f);
  await user.type(f, a!);
  await pass(300);
  expect({
    sent: backend.requests(VERIFY).length - n,
    said: screen.queryByRole('alert')?.textContent,
  }).not.toMatchObject({ sent: 0, said: expect.stringMatching(/connection failed/) });
});
it('says again that a code is wrong when it is sent again', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'totp');
  const { user } = renderMfa(<VerifyCode factor={factor} />, { backend });
  await user.type(await codeField(), backend.currentCode(factor.id) === '111111' ? '222222' : '111111');
  await screen.findByText(/That code is not right/);
  let mutations = 0;
  new MutationObserver((l) => (mutations += l.length)).observe(screen.getByRole('alert'), {
    childList: true,
    characterData: true,
    subtree: true,
  });
  await user.click(screen.getByRole('button', { name: 'Verify' }));
  await pass(300);
  expect(mutations).toBeGreaterThan(0);
});
it('says again why a step failed when it failed again', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'sms');
  backend.faults.always(CHALLENGE, { kind: 'unreachable' });
  const { user } = renderMfa(<VerifyCode factor={factor} />, { backend });
  await screen.findByText(/connection failed/);
  let mutations = 0;
  new MutationObserver((l) => (mutations += l.length)).observe(screen.getByRole('alert'), {
    childList: true,
    characterData: true,
    subtree: true,
  });
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await pass(300);
  expect(mutations).toBeGreaterThan(0);
});
it('calls the new backend from what is mounted together with it', async () => {
  const one = createTestBackend();
  const two = createTestBackend();
  const ui = (b: TestBackend, on: boolean) => (
    <StrictMode>
      <MfaProvider backend={b}>{on ? <EnrollTotp /> : null}</MfaProvider>
    </StrictMode>
  );
  const v = render(ui(one, false));
  v.rerender(ui(two, true));
  await pass(300);
  expect({ one: one.requests().length, two: two.requests().length }).toMatchObject({ one: 0 });
});
it('pastes nothing into a read-only number', async () => {
  renderMfa(<PhoneField aria-label="P" readOnly defaultValue="07400123456" />);
  const f = screen.getByLabelText<HTMLInputElement>('P');
  fireEvent.paste(f, { clipboardData: { getData: () => '+447999999999' } });
  expect(f.value).toBe('07400123456');
});
it('keeps a received code in the field when it could not be checked', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'sms');
  vi.stubGlobal('OTPCredential', Object);
  let arrive: (credential: unknown) => void = () => {};
  Object.defineProperty(navigator, 'credentials', {
    configurable: true,
    value: { get: () => new Promise((r) => (arrive = r)) },
  });
  renderMfa(<VerifyCode factor={factor} />, { backend });
  const f = await codeField();
  backend.faults.next(VERIFY, { kind: 'unreachable' });
  await act(async () => {
    arrive({ code: '123-456' });
  });
  await screen.findByText(/connection failed/).catch(() => undefined);
  vi.unstubAllGlobals();
  expect({
    value: f.value,
    bodies: backend
      .requests(VERIFY)
      .slice(1)
      .map((r) => r.body),
  }).toEqual({ value: '123456', bodies: [{ code: '123456' }] });
});
it('sends no SMS by itself when the page comes back from the back/forward cache', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'sms');
  const before = backend.emulator.inbox.length;
  renderMfa(<VerifyCode factor={factor} />, { backend });
  await codeField();
  await pass(40_000);
  act(() => void dispatchEvent(new Event('pagehide')));
  act(() => void dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })));
  await pass(500);
  expect(backend.emulator.inbox.length - before).toBe(1);
});
it('does not give a challenge its whole time again when the page comes back', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'sms');
  const challenge = await backend.challengeFactor(factor.id);
  renderMfa(<VerifyCode factor={factor} challenge={challenge} />, { backend });
  await codeField();
  await pass(300_000);
  const t1 = screen.getByRole('timer').textContent;
  act(() => void dispatchEvent(new Event('pagehide')));
  act(() => void dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })));
  await pass(500);
  expect([t1, screen.getByRole('timer').textContent]).toEqual([
    'Expires in 5:00',
    expect.stringMatching(/ (4:5|5:0)/),
  ]);
});
it('says that an enrolment was cancelled where the host still shows it', async () => {
  const { backend, user } = renderMfa(<EnrollTotp onCancel={() => {}} />);
  await codeField();
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await pass(20_000);
  expect(backend.emulator.factors).toHaveLength(0);
  expect(screen.queryByText(/Preparing your QR code/)).toBeNull();
});
it('says once that a code has expired', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'sms');
  renderMfa(<VerifyCode factor={factor} />, { backend });
  await codeField();
  await pass(601_000);
  const live = [...document.querySelectorAll('[role=status],[role=alert]')]
    .map((e) => e.textContent)
    .filter((t) => /expired/.test(t ?? ''));
  expect(live).toHaveLength(1);
});
it('keeps a lock that lasts longer than the code', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'sms');
  const { user } = renderMfa(<VerifyCode factor={factor} />, { backend });
  backend.faults.next(VERIFY, {
    kind: 'answer',
    status: 429,
    body: { code: 'rate_limit_exceeded' },
    headers: { 'Retry-After': '900' },
  });
  await user.type(await codeField(), '123456');
  await pass(601_000);
  expect(screen.queryAllByText(/Too many tries/).length).toBeGreaterThan(0);
});
it.runIf(Activity)('takes every pending factor back when the tab closes, hidden ones too', async () => {
  if (!Activity) return;
  const ui = (mode: 'visible' | 'hidden', other: boolean) => (
    <>
      <Activity mode={mode}>
        <EnrollTotp />
      </Activity>
      {other && <EnrollTotp />}
    </>
  );
  const { backend, show } = renderMfa(ui('visible', false));
  await codeField();
  show(ui('hidden', false));
  await pass(11_000);
  show(ui('hidden', true));
  await pass(300);
  show(ui('visible', true));
  await pass(300);
  act(() => void dispatchEvent(new Event('pagehide')));
  await pass(500);
  expect({ enrols: backend.requests(ENROLL).length, left: backend.emulator.factors.length }).toMatchObject({
    left: 0,
  });
});
it('does not say that a code was sent when none was', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'sms');
  backend.faults.next(CHALLENGE, {
    kind: 'answer',
    status: 429,
    body: { code: 'one_time_code_too_many_attempts' },
  });
  renderMfa(<VerifyCode factor={factor} />, { backend });
  await pass(300);
  expect(screen.queryByText(/We sent a code/)).toBeNull();
});
it('ticks no more once the code has expired', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'sms');
  renderMfa(<VerifyCode factor={factor} />, { backend });
  await codeField();
  await pass(620_000);
  expect(vi.getTimerCount()).toBe(0);
});
it('keeps a number that was typed before hydration', async () => {
  const backend = createTestBackend();
  const app = (
    <StrictMode>
      <MfaProvider backend={backend}>
        <EnrollSms defaultCountry="GB" />
      </MfaProvider>
    </StrictMode>
  );
  const el = document.createElement('div');
  document.body.append(el);
  el.innerHTML = renderToString(app);
  const input = el.querySelector<HTMLInputElement>('input[type=tel]')!;
  input.value = '07400123456';
  const root = hydrateRoot(el, app);
  await pass(200);
  const value = el.querySelector<HTMLInputElement>('input[type=tel]')!.value;
  root.unmount();
  el.remove();
  expect(value).toBe('07400123456');
});
it('does not begin a cancelled enrolment again when the page comes back', async () => {
  const { backend, user } = renderMfa(<EnrollTotp onCancel={() => {}} />);
  await codeField();
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await pass(100);
  act(() => void dispatchEvent(new Event('pagehide')));
  act(() => void dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })));
  await pass(500);
  expect(backend.requests(ENROLL)).toHaveLength(1);
});
it('says a mistake in the number once', async () => {
  const { user } = renderMfa(<EnrollSms defaultCountry="GB" />);
  const texts: string[] = [];
  const a = screen.getByRole('alert');
  new MutationObserver(() => texts.push(a.textContent ?? '')).observe(a, {
    childList: true,
    characterData: true,
    subtree: true,
  });
  await user.type(screen.getByLabelText('Phone number'), '0740{Enter}');
  await pass(2000);
  expect(texts).toHaveLength(1);
});
it('keeps the method, and what was typed, when the list of factors grows', async () => {
  const backend = createTestBackend();
  const sms = await enrolledFactor(backend, 'sms');
  const totp = await enrolledFactor(backend, 'totp');
  const { show, user } = renderMfa(<VerifyCode factors={[sms]} />, { backend });
  await user.type(await codeField(), '123');
  show(<VerifyCode factors={[sms, totp]} />);
  await pass(300);
  expect((await codeField()).value).toBe('123');
});
it('takes a lost challenge for what it is, and sends nothing by itself, where only the challenge is known', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'sms');
  const { id, factorId, createdAt, expiresAt } = await backend.challengeFactor(factor.id);
  const before = backend.emulator.inbox.length;
  backend.emulator.expireChallenges();
  const { user } = renderMfa(<VerifyCode challenge={{ id, factorId, createdAt, expiresAt }} />, { backend });
  expect(await screen.findByRole('timer')).toBeVisible();
  await user.type(await codeField(), '123456{Enter}{Enter}');
  expect(await screen.findByRole('button', { name: /Send a new code/ })).toBeVisible();
  expect(backend.emulator.inbox).toHaveLength(before);
});

it('forgets a late wrong answer of an enrolment that was cancelled', async () => {
  const { backend, user } = renderMfa(<EnrollTotp onCancel={() => {}} />);
  const { until, open } = gate();
  const field = await codeField();
  backend.faults.next(VERIFY, { kind: 'late', until });
  await user.type(field, backend.currentCode() === '000000' ? '000001' : '000000');
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  open();
  await pass(500);
  expect(screen.queryByRole('img')).toBeNull();
  expect(screen.queryByRole('group', { name: 'Setup key' })).toBeNull();
  expect(screen.getByText(/This was cancelled/)).toBeVisible();
});

it('clears the code of a page that goes into the back/forward cache', async () => {
  const backend = createTestBackend();
  const factor = await enrolledFactor(backend, 'sms');
  const { user } = renderMfa(<VerifyCode factor={factor} />, { backend });
  const field = await codeField();
  await user.type(field, '123');
  act(() => void dispatchEvent(new Event('pagehide')));
  expect(field).toHaveValue('');
});
