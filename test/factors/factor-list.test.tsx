import { render, screen, waitFor, within } from '@testing-library/react';
import { EnrollTotp, FactorList, type MfaError, MfaProvider } from 'mfa-kit';
import { createTestBackend, type TestBackend } from 'mfa-kit/testing';
import { describe, expect, it, vi } from 'vitest';

import { renderMfa } from '../render-mfa.js';
import { ownedFactor } from './owned-factor.js';

const LIST = 'GET /factors';

const active = () => screen.findByRole('list', { name: 'Your ways to verify' });
const items = () => screen.getAllByRole('listitem');

/** Has the proxy tell something else about the factors, by their places. */
function tellOf(backend: TestBackend, ...wire: object[]) {
  backend.faults.always(LIST, {
    kind: 'tampered',
    change: (body) => ({
      data: (body as { data: object[] }).data.map((factor, index) => ({ ...factor, ...wire[index] })),
    }),
  });
}

it('says of each factor what it is, whose, whether it works and when it was added', async () => {
  const backend = createTestBackend();
  await ownedFactor(backend, 'totp', 3);
  await ownedFactor(backend, 'sms', 3);
  renderMfa(<FactorList />, { backend });
  const [app, phone] = within(await active()).getAllByRole('listitem');
  expect(app).toHaveTextContent(/^Authenticator appExample App \(ada@example\.com\)ActiveAdded 3 days ago/);
  expect(phone).toHaveTextContent(/^Text message•••• 0006number ending in 0 0 0 6ActiveAdded 3 days ago/);
});

it('tells the exact time to whoever points at it or listens', async () => {
  const backend = createTestBackend();
  const id = await ownedFactor(backend);
  const added = (await backend.listFactors()).find((factor) => factor.id === id)?.createdAt ?? '';
  const exact = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short' }).format(
    new Date(added),
  );
  renderMfa(<FactorList />, { backend });
  const time = await screen.findByText('1 day ago');
  expect(time).toHaveAttribute('dateTime', new Date(added).toISOString());
  expect(time).toHaveAttribute('title', exact);
  expect(screen.getByText(`(${exact})`)).toHaveClass('mfa-visually-hidden');
});

it('names each button with what it removes', async () => {
  const backend = createTestBackend();
  await ownedFactor(backend, 'totp');
  await ownedFactor(backend, 'sms');
  renderMfa(<FactorList />, { backend });
  await active();
  expect(
    screen.getByRole('button', { name: /^Remove Authenticator app Example App \( ?ada@example\.com ?\)$/ }),
  ).toBeVisible();
  expect(screen.getByRole('button', { name: 'Remove Text message number ending in 0 0 0 6' })).toBeVisible();
});

it('keeps what was never finished apart, after what works', async () => {
  const backend = createTestBackend();
  await backend.enrollFactor({ type: 'sms', phoneNumber: '+15005550006' });
  await ownedFactor(backend, 'totp');
  renderMfa(<FactorList />, { backend });
  expect(within(await active()).getByRole('listitem')).toHaveTextContent(/^Authenticator app/);
  const pending = screen.getByRole('list', { name: 'Not finished' });
  expect(within(pending).getByRole('listitem')).toHaveTextContent(/^Text message.*Started now/);
  expect(items()[1]).toHaveAttribute('data-status', 'pending');
});

it('shows a type it does not know, and offers nothing to do with it', async () => {
  const backend = createTestBackend();
  await ownedFactor(backend);
  await ownedFactor(backend);
  tellOf(backend, { type: 'retina_scan' }, { type: 'webauthn' });
  renderMfa(<FactorList />, { backend });
  expect(await screen.findByText('Another way to verify')).toBeVisible();
  expect(screen.getByRole('button')).toHaveAccessibleName('Remove Passkey or security key');
});

it('shows a host’s own backend’s factor whose date nobody can read', async () => {
  const backend = createTestBackend();
  await ownedFactor(backend);
  const factors = (await backend.listFactors()).map((factor) => ({ ...factor, createdAt: 'yesterday' }));
  renderMfa(<FactorList />, { backend: { ...backend, listFactors: () => Promise.resolve(factors) } });
  expect(within(await active()).getByRole('listitem')).toHaveTextContent(/ActiveRemove$/);
});

it('never takes a label for markup', async () => {
  const backend = createTestBackend();
  await ownedFactor(backend);
  tellOf(backend, { totp: { issuer: '<img src=x onerror=alert(1)>', user: '{factor}\u202E' } });
  const { container } = renderMfa(<FactorList />, { backend });
  expect(await screen.findByText('<img src=x onerror=alert(1)>')).toBeVisible();
  expect(screen.getByText('{factor}').tagName).toBe('BDI');
  expect(container.querySelector('img')).toBeNull();
});

it('says that there is none, and leads on only where the host knows where to', async () => {
  const onAdd = vi.fn<() => void>();
  const { user, show } = renderMfa(<FactorList />);
  expect(await screen.findByText(/^No way to verify is set up yet\. Add one/)).toBeVisible();
  expect(screen.queryByRole('button')).toBeNull();
  show(<FactorList onAdd={onAdd} />);
  await user.click(screen.getByRole('button', { name: 'Add a way to verify' }));
  expect(onAdd).toHaveBeenCalledTimes(1);
});

it('lists another one as soon as it is enrolled', async () => {
  const { backend, user } = renderMfa(
    <>
      <FactorList />
      <EnrollTotp />
    </>,
  );
  await screen.findByText(/No way to verify is set up yet/);
  await user.type(await screen.findByLabelText('One-time code'), backend.currentCode());
  expect(within(await active()).getByRole('listitem')).toHaveTextContent(/^Authenticator app/);
});

it('renders one row, and no other, when one is asked about', async () => {
  const backend = createTestBackend();
  await ownedFactor(backend, 'totp', 3);
  await ownedFactor(backend, 'sms', 3);
  const format = vi.spyOn(Intl.RelativeTimeFormat.prototype, 'format');
  const { user } = renderMfa(<FactorList />, { backend });
  await active();
  format.mockClear();
  await user.click(screen.getByRole('button', { name: /^Remove Text message/ }));
  await screen.findByRole('group');
  expect(format).toHaveBeenCalledTimes(2); // StrictMode renders it twice
  format.mockRestore();
});

it('says it in the host’s own words', async () => {
  const backend = createTestBackend();
  await ownedFactor(backend);
  const messages = { factors: { title: 'Your second steps', kinds: { totp: 'App' } } };
  render(
    <MfaProvider backend={backend} messages={messages}>
      <FactorList />
    </MfaProvider>,
  );
  expect(screen.getByRole('heading')).toHaveTextContent('Your second steps');
  expect(await screen.findByRole('button', { name: /^Remove App Example App/ })).toBeVisible();
});

describe('a list that does not come', () => {
  it('says why and tells the host once, and loads on a press', async () => {
    const onError = vi.fn<(error: MfaError) => void>();
    const backend = createTestBackend();
    await ownedFactor(backend);
    const recover = backend.faults.always(LIST, { kind: 'unreachable' });
    const list = () => <FactorList onError={(error) => onError(error)} />;
    const { user, show } = renderMfa(list(), { backend });
    expect(screen.getByRole('status')).toHaveTextContent('Loading your ways to verify…');
    expect(await screen.findByText('The connection failed. Check it, then try again.')).toBeVisible();
    show(list());
    expect(onError.mock.calls.map(([{ code }]) => code)).toEqual(['network_error']);
    recover();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await active()).toBeVisible();
    await waitFor(() => expect(screen.getByRole('heading')).toHaveFocus());
    expect(onError).toHaveBeenCalledTimes(1);
  });

  it('still says why while it is tried again', async () => {
    const backend = createTestBackend();
    backend.faults.next(LIST, { kind: 'unreachable' });
    backend.faults.always(LIST, { kind: 'hang' });
    const { user } = renderMfa(<FactorList />, { backend });
    const retry = await screen.findByRole('button', { name: 'Try again' });
    await user.dblClick(retry);
    await waitFor(() => expect(retry).toHaveAttribute('aria-disabled', 'true'));
    expect(retry).toHaveFocus();
    expect(screen.getByRole('alert')).toHaveTextContent('The connection failed.');
    expect(backend.requests(LIST)).toHaveLength(2);
  });

  it('goes on at the title once a newer list has taken the place of one that stood', async () => {
    const backend = createTestBackend();
    await ownedFactor(backend);
    await ownedFactor(backend, 'sms');
    await backend.stepUp();
    const { user } = renderMfa(<FactorList onAdd={() => {}} />, { backend });
    await user.click(await screen.findByRole('button', { name: /^Remove Text message/ }));
    const recover = backend.faults.always(LIST, { kind: 'unreachable' });
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    const retry = await screen.findByRole('button', { name: 'Try again' });
    expect(screen.getByRole('button', { name: 'Add a way to verify' })).toBeVisible();
    recover();
    await user.click(retry);
    await waitFor(() => expect(retry).not.toBeInTheDocument());
    await waitFor(() => expect(screen.getByRole('heading')).toHaveFocus());
  });

  it('waits as long as the server asked for', async () => {
    const backend = createTestBackend();
    const body = { code: 'rate_limit_exceeded', retry_after: 30 };
    backend.faults.always(LIST, { kind: 'answer', status: 429, body });
    const { user } = renderMfa(<FactorList />, { backend });
    await user.click(await screen.findByRole('button', { name: /^Try again in 0:(30|29)$/ }));
    expect(backend.requests(LIST)).toHaveLength(1);
  });
});
