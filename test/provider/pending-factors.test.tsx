import { act, screen, waitFor } from '@testing-library/react';
import { EnrollSms, EnrollTotp } from 'mfa-kit';
import { createTestBackend } from 'mfa-kit/testing';
import { describe, expect, it, vi } from 'vitest';

import { gate } from '../gate.js';
import { fakeClock } from '../fake-clock.js';
import { renderMfa } from '../render-mfa.js';

const VERIFY = 'POST /challenges/:id/verify';

const pass = fakeClock();

const codeField = () => screen.findByLabelText<HTMLInputElement>('One-time code');
const shownKey = async () =>
  (await screen.findByRole('group', { name: 'Setup key' })).querySelector('code')?.textContent;

describe('Nothing pending is left behind', () => {
  it('after cancel', async () => {
    const onCancel = vi.fn<() => void>();
    const { backend, user } = renderMfa(<EnrollTotp onCancel={onCancel} />);
    await codeField();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onCancel).toHaveBeenCalledTimes(1);
    await waitFor(() => expect(backend.emulator.factors).toHaveLength(0));
    expect(backend.requests('DELETE /factors/:id')).toHaveLength(1);
  });

  it('after cancelling a phone that a code was sent to', async () => {
    const { backend, user } = renderMfa(<EnrollSms defaultCountry="GB" onCancel={() => {}} />);
    await user.type(screen.getByLabelText('Phone number'), '07400123456{Enter}');
    await codeField();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(backend.emulator.factors).toHaveLength(0));
  });

  it('when the component has been gone for ten seconds', async () => {
    const { backend, show } = renderMfa(<EnrollTotp />);
    await codeField();
    show(<p>elsewhere</p>);
    await pass(9_000);
    expect(backend.emulator.factors).toHaveLength(1);
    await pass(2_000);
    expect(backend.emulator.factors).toHaveLength(0);
  });

  it('when the provider is gone', async () => {
    const { backend, unmount } = renderMfa(<EnrollTotp />);
    await codeField();
    unmount();
    await waitFor(() => expect(backend.emulator.factors).toHaveLength(0));
  });

  it('when the tab is closed', async () => {
    const { backend, container } = renderMfa(<EnrollTotp />);
    const key = (await shownKey()) ?? '?';
    act(() => void dispatchEvent(new Event('pagehide')));
    expect(backend.requests('DELETE /factors/:id')).toEqual([expect.objectContaining({ keepalive: true })]);
    expect(container.innerHTML, 'what the back/forward cache would keep').not.toContain(key);
    await waitFor(() => expect(backend.emulator.factors).toHaveLength(0));
  });

  it('when the person leaves before the server has answered', async () => {
    const { backend, unmount } = renderMfa(<EnrollTotp />);
    unmount();
    await waitFor(() => expect(backend.requests('DELETE /factors/:id')).toHaveLength(1));
    expect(backend.emulator.factors).toHaveLength(0);
  });
});

it('begins anew when the page comes back from the back/forward cache', async () => {
  const { backend } = renderMfa(<EnrollTotp />);
  const key = await shownKey();
  act(() => void dispatchEvent(new Event('pagehide')));
  act(() => void dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })));
  await codeField();
  expect(await shownKey()).not.toBe(key);
  await waitFor(() => expect(backend.emulator.factors).toHaveLength(1));
});

it('shows the same secret again when its component comes back in time', async () => {
  const { backend, show } = renderMfa(<EnrollTotp />);
  const key = await shownKey();
  show(<p>elsewhere</p>);
  await pass(9_000);
  show(<EnrollTotp />);
  expect(await shownKey()).toBe(key);
  expect(backend.requests('POST /factors')).toHaveLength(1);
  await pass(20_000);
  expect(backend.emulator.factors).toHaveLength(1);
});

it('keeps a factor whose code was right although its person had just left', async () => {
  const { backend, user, unmount } = renderMfa(<EnrollTotp />);
  const { until, open } = gate();
  backend.faults.next(VERIFY, { kind: 'late', until });
  await user.type(await codeField(), backend.currentCode());
  unmount();
  await pass(0);
  open();
  await pass(1_000);
  expect(backend.requests('DELETE /factors/:id')).toHaveLength(0);
  expect(await backend.listFactors()).toEqual([expect.objectContaining({ status: 'verified' })]);
});

it('takes a factor back whose code was wrong when its person had just left', async () => {
  const { backend, user, unmount } = renderMfa(<EnrollTotp />);
  const { until, open } = gate();
  backend.faults.next(VERIFY, { kind: 'late', until });
  const field = await codeField();
  await user.type(field, backend.currentCode() === '000000' ? '000001' : '000000');
  unmount();
  await pass(0);
  open();
  await pass(1_000);
  expect(backend.emulator.factors).toHaveLength(0);
});

it('does not delete a factor that the server says was confirmed by a lost answer', async () => {
  const { backend, user } = renderMfa(<EnrollTotp onCancel={() => {}} />);
  const field = await codeField();
  backend.faults.next(VERIFY, { kind: 'lost_answer' });
  await user.type(field, backend.currentCode());
  await screen.findByText(/The connection failed/);
  await user.click(screen.getByRole('button', { name: 'Verify' }));
  await screen.findByText(/This code was already used/);
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await pass(1_000);
  expect(backend.requests('DELETE /factors/:id')).toHaveLength(0);
});

it('offers another try when no factor could be made, and names it as the same intent', async () => {
  const backend = createTestBackend();
  backend.faults.next('POST /factors', { kind: 'unreachable' });
  const { user } = renderMfa(<EnrollTotp />, { backend });
  expect(await screen.findByText(/The connection failed/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await codeField();
  const keys = backend.requests('POST /factors').map(({ headers }) => headers.get('Idempotency-Key'));
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

it('finishes one enrolment and begins a new one for the next component', async () => {
  const onEnrolled = vi.fn<(factor: { id: string }) => void>();
  const { backend, user, show } = renderMfa(<EnrollTotp key="first" onEnrolled={onEnrolled} />);
  await user.type(await codeField(), backend.currentCode());
  await screen.findByText('Your authenticator app is set up.');
  await backend.stepUp();
  show(<EnrollTotp key="second" onEnrolled={onEnrolled} />);
  await codeField();
  await waitFor(() => expect(backend.emulator.factors).toHaveLength(2));
  expect(onEnrolled).toHaveBeenCalledTimes(1);
});
