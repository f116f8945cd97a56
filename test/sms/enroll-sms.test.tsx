import { screen, waitFor } from '@testing-library/react';
import { EnrollSms } from 'mfa-kit';
import { describe, expect, it, vi } from 'vitest';

import { fakeClock } from '../fake-clock.js';
import { renderMfa } from '../render-mfa.js';

const ENROLL = 'POST /factors';
const CHALLENGE = 'POST /factors/:id/challenge';

const pass = fakeClock();

function renderEnroll(props: Parameters<typeof EnrollSms>[0] = {}) {
  const view = renderMfa(
    <EnrollSms defaultCountry="GB" testNumbers={['+15005550006', '+15555555555']} {...props} />,
  );
  return { ...view, phone: screen.getByLabelText<HTMLInputElement>('Phone number') };
}

const sendCode = () => screen.getByRole('button', { name: 'Send code' });

it('enrols a phone: the number, the code that was sent, done', async () => {
  const onEnrolled = vi.fn<(factor: unknown) => void>();
  const { backend, user, phone, container } = renderEnroll({ onEnrolled });
  await user.type(phone, '07400 123456{Enter}');
  const field = await screen.findByLabelText('One-time code');
  expect(field).toHaveFocus();
  expect(screen.getByText('•••• 3456')).toBeVisible();
  expect(backend.emulator.inbox).toEqual([expect.objectContaining({ to: '+447400123456' })]);
  const code = backend.currentCode();
  await user.keyboard(code);
  expect(await screen.findByText('Your phone is set up.')).toBeVisible();
  expect(onEnrolled).toHaveBeenCalledTimes(1);
  expect(onEnrolled).toHaveBeenCalledWith(expect.objectContaining({ type: 'sms', status: 'verified' }));
  expect(container.innerHTML).not.toMatch(new RegExp(`${code}|7400.?123456`));
});

describe('One press, one request', () => {
  it('sends one SMS when the button is pressed twice', async () => {
    const { backend, user, phone } = renderEnroll();
    await user.type(phone, '07400123456');
    await user.dblClick(sendCode());
    await screen.findByLabelText('One-time code');
    expect(backend.requests(ENROLL)).toHaveLength(1);
    expect(backend.emulator.inbox).toHaveLength(1);
  });
});

describe('a number that no text message can reach', () => {
  it.each([
    ['', 'Enter your mobile phone number.'],
    ['0740', 'This number is too short.'],
    ['020 7946 0018', 'This number cannot receive text messages. Enter a mobile number.'],
    ['+800 1234 5678', 'This number cannot receive text messages. Enter a mobile number.'],
    ['+999 123456', 'No country has this calling code. Check the digits after the +.'],
  ])('%j stays in the field, with the reason and nothing sent', async (text, reason) => {
    const { backend, user, phone } = renderEnroll();
    if (text) await user.type(phone, text);
    await user.click(sendCode());
    await waitFor(() => expect(phone).toHaveAccessibleDescription(expect.stringContaining(reason)));
    expect(phone.value.replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    expect(phone).toHaveFocus();
    expect(phone).toBeInvalid();
    expect(backend.requests()).toHaveLength(0);
  });

  it('is shown an example of the chosen country', async () => {
    const { user, phone } = renderEnroll();
    await user.type(phone, '0740');
    await user.click(sendCode());
    // In isolates, and in one piece.
    expect(await screen.findByText(/A number here looks like \u206607400 123456\u2069/)).toBeVisible();
  });

  it('is not called a mistake while it is being typed, nor when an empty field is passed', async () => {
    const { user, phone } = renderEnroll();
    await user.type(phone, '0740');
    expect(phone).toBeValid();
    await user.clear(phone);
    await user.tab();
    expect(phone).toBeValid();
  });
});

it('takes a number outside the allowed countries for none of ours', async () => {
  const { backend, user, phone } = renderEnroll({ countries: ['GB', 'FR'] });
  await user.type(phone, '+1 201 555 0123{Enter}');
  expect(await screen.findByText(/We cannot send text messages to this country/)).toBeVisible();
  expect(backend.requests()).toHaveLength(0);
});

it('takes WorkOS’s sample numbers where the host lists them', async () => {
  const { backend, user, phone } = renderEnroll();
  await user.type(phone, '+1 500 555 0006{Enter}');
  await screen.findByLabelText('One-time code');
  expect(backend.emulator.inbox[0]?.to).toBe('+15005550006');
});

it('stays on the form when sending fails, and makes one factor however often it is tried', async () => {
  const onError = vi.fn<(error: unknown) => void>();
  const { backend, user, phone } = renderEnroll({ onError });
  backend.faults.next(CHALLENGE, { kind: 'unreachable' });
  await user.type(phone, '07400123456{Enter}');
  expect(await screen.findByText(/The connection failed/)).toBeVisible();
  expect(phone).toHaveValue('07400 123456');
  expect(phone).toHaveFocus();
  expect(onError).toHaveBeenCalledTimes(1);
  await user.keyboard('{Enter}');
  await screen.findByLabelText('One-time code');
  expect(backend.requests(ENROLL)).toHaveLength(1);
  expect(backend.emulator.factors).toHaveLength(1);
  const keys = backend.requests(CHALLENGE).map(({ headers }) => headers.get('Idempotency-Key'));
  expect(new Set(keys).size).toBe(1);
});

it('takes what was said about a number back when the number is changed', async () => {
  const { backend, user, phone } = renderEnroll();
  backend.faults.next(ENROLL, { kind: 'answer', status: 422, body: { code: 'invalid_phone_number' } });
  await user.type(phone, '07400123456{Enter}');
  expect(await screen.findByText(/This number was not accepted/)).toBeVisible();
  await user.type(phone, '{Backspace}');
  expect(screen.queryByText(/This number was not accepted/)).toBeNull();
});

it('repeats the key of an enrolment whose answer was lost', async () => {
  const { backend, user, phone } = renderEnroll();
  backend.faults.next(ENROLL, { kind: 'unreachable' });
  await user.type(phone, '07400123456{Enter}');
  await screen.findByText(/The connection failed/);
  await user.keyboard('{Enter}');
  await screen.findByLabelText('One-time code');
  const keys = backend.requests(ENROLL).map(({ headers }) => headers.get('Idempotency-Key'));
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

it('names another try by another key once the server has refused the first', async () => {
  const { backend, user, phone } = renderEnroll();
  backend.faults.next(ENROLL, { kind: 'answer', status: 422, body: { code: 'invalid_phone_number' } });
  backend.faults.next(CHALLENGE, { kind: 'answer', status: 403, body: {} });
  await user.type(phone, '07400123456{Enter}');
  await screen.findByText(/This number was not accepted/);
  await user.keyboard('{Enter}');
  await screen.findByText(/Your account is not allowed/);
  await user.keyboard('{Enter}');
  await screen.findByLabelText('One-time code');
  for (const call of [ENROLL, CHALLENGE]) {
    const keys = backend.requests(call).map(({ headers }) => headers.get('Idempotency-Key'));
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(2);
  }
});

it('takes a factor back that was made after the person had cancelled', async () => {
  const { backend, user, phone } = renderEnroll({ onCancel: () => {} });
  let open = () => {};
  backend.faults.next(ENROLL, { kind: 'late', until: new Promise<void>((resolve) => (open = resolve)) });
  await user.type(phone, '07400123456{Enter}');
  await waitFor(() => expect(backend.emulator.factors).toHaveLength(1));
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  open();
  await waitFor(() => expect(backend.emulator.factors).toHaveLength(0));
  expect(backend.emulator.inbox).toHaveLength(0);
});

describe('“Change number”', () => {
  it('comes back with the number, and to the same code without another SMS', async () => {
    const { backend, user, phone } = renderEnroll();
    await user.type(phone, '07400123456{Enter}');
    await user.click(await screen.findByRole('button', { name: 'Change number' }));
    expect(await screen.findByLabelText('Phone number')).toHaveValue('07400 123456');
    await user.click(sendCode());
    await screen.findByLabelText('One-time code');
    expect(backend.emulator.inbox).toHaveLength(1);
    expect(backend.emulator.factors).toHaveLength(1);
  });

  it('leaves no factor of the old number behind', async () => {
    const { backend, user, phone } = renderEnroll();
    await user.type(phone, '07400123456{Enter}');
    await user.click(await screen.findByRole('button', { name: 'Change number' }));
    backend.clock.advance(30_000); // no other message is sent before
    const again = await screen.findByLabelText('Phone number');
    await user.clear(again);
    await user.type(again, '+447400123457{Enter}');
    await screen.findByText('•••• 3457');
    await waitFor(() =>
      expect(backend.emulator.factors.map(({ phoneNumber }) => phoneNumber)).toEqual(['+447400123457']),
    );
  });
});

it('waits as long as the server says before it lets a number be tried again', async () => {
  const { backend, user, phone } = renderEnroll();
  backend.faults.next(CHALLENGE, {
    kind: 'answer',
    status: 429,
    body: { code: 'rate_limit_exceeded' },
    headers: { 'Retry-After': '20' },
  });
  await user.type(phone, '07400123456{Enter}');
  const button = await screen.findByRole('button', { name: /Try again in 0:(20|19)/ });
  await user.click(button);
  expect(backend.requests(CHALLENGE)).toHaveLength(1);
  await pass(21_000);
  await user.click(await screen.findByRole('button', { name: 'Send code' }));
  await screen.findByLabelText('One-time code');
});
