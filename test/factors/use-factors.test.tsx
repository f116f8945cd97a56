import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, screen, waitFor } from '@testing-library/react';
import { EnrollTotp, useFactors, useRemoveFactor } from 'mfa-kit';
import { createTestBackend, type Fault, type TestBackend } from 'mfa-kit/testing';
import { describe, expect, it, vi } from 'vitest';

import { gate } from '../gate.js';
import { renderMfa } from '../render-mfa.js';

const LIST = 'GET /factors';

function Factors() {
  const state = useFactors();
  const removal = useRemoveFactor();
  if (state.status === 'loading') return <p>Loading</p>;
  if (state.status === 'failed') return <button onClick={state.reload}>Failed: {state.error.code}</button>;
  return (
    <ul data-removal={removal.status}>
      {state.factors.map(({ id, type, sms }) => (
        <li key={id}>
          {type} {sms?.phoneNumber}
          <button onClick={() => removal.remove(id)}>Remove</button>
        </li>
      ))}
    </ul>
  );
}

async function backendWithPhone() {
  const backend = createTestBackend();
  await backend.enrollFactor({ type: 'sms', phoneNumber: '+15005550006' });
  return backend;
}

/** Waits until every request has ended. */
const settled = (backend: TestBackend) =>
  waitFor(() => expect(backend.requests().every(({ outcome }) => outcome)).toBe(true));

it('lists the factors, and again once another is enrolled', async () => {
  const { user, backend } = renderMfa(
    <>
      <Factors />
      <EnrollTotp />
    </>,
    { backend: await backendWithPhone() },
  );
  expect(await screen.findByText(/sms •••• 0006/)).toBeVisible();
  await user.type(await screen.findByLabelText('One-time code'), backend.currentCode());
  await screen.findByText('Your authenticator app is set up.');
  await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(2));
});

it('removes a factor once when the button is pressed twice', async () => {
  const { user, backend } = renderMfa(<Factors />, { backend: await backendWithPhone() });
  await user.dblClick(await screen.findByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(screen.queryByRole('listitem')).toBeNull());
  expect(backend.requests('DELETE /factors/:id')).toHaveLength(1);
  expect(backend.emulator.factors).toHaveLength(0);
});

it('counts a factor that is gone already as removed', async () => {
  const { user, backend } = renderMfa(<Factors />, { backend: await backendWithPhone() });
  await screen.findByRole('button', { name: 'Remove' });
  const [factor] = await backend.listFactors();
  await backend.deleteFactor(factor?.id ?? '');
  await user.click(screen.getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(screen.queryByRole('listitem')).toBeNull());
  expect(screen.getByRole('list')).toHaveAttribute('data-removal', 'idle');
});

it('says why the list did not come, and loads it on a press only', async () => {
  const backend = await backendWithPhone();
  const recovered = backend.faults.always(LIST, { kind: 'unreachable' });
  const { user } = renderMfa(<Factors />, { backend });
  const button = await screen.findByRole('button', { name: 'Failed: network_error' });
  expect(backend.requests(LIST)).toHaveLength(1);
  recovered();
  await user.click(button);
  expect(await screen.findByText(/sms •••• 0006/)).toBeVisible();
});

it('keeps out of the host’s own QueryClient, and no whole phone number in its own', async () => {
  const host = new QueryClient();
  const seen = vi.fn<() => void>();
  host.getQueryCache().subscribe(seen);
  const backend = await backendWithPhone();
  backend.faults.always(LIST, {
    kind: 'tampered',
    change: (body) => {
      const { data } = body as { data: object[] };
      return { data: data.map((factor) => ({ ...factor, sms: { phone_number: '+15005550006' } })) };
    },
  });
  renderMfa(
    <QueryClientProvider client={host}>
      <Factors />
    </QueryClientProvider>,
    { backend },
  );
  expect(await screen.findByText(/sms •••• 0006/)).toBeVisible();
  expect(seen).not.toHaveBeenCalled();
});

it('loads once for a change, however many show the list', async () => {
  const { user, backend } = renderMfa(
    <>
      <Factors />
      <Factors />
      <Factors />
    </>,
    { backend: await backendWithPhone() },
  );
  const [button] = await screen.findAllByRole('button', { name: 'Remove' });
  expect(backend.requests(LIST)).toHaveLength(1);
  if (button) await user.click(button);
  await waitFor(() => expect(screen.queryByRole('listitem')).toBeNull());
  await settled(backend);
  expect(backend.requests(LIST)).toHaveLength(2);
});

it('loads again when the first list was under way as a factor was enrolled', async () => {
  const { until, open } = gate();
  const backend = createTestBackend();
  backend.faults.next(LIST, { kind: 'late', until });
  const { user } = renderMfa(
    <>
      <Factors />
      <EnrollTotp />
    </>,
    { backend },
  );
  await user.type(await screen.findByLabelText('One-time code'), backend.currentCode());
  await screen.findByText('Your authenticator app is set up.');
  open();
  expect(await screen.findByRole('listitem')).toHaveTextContent(/^totp/);
});

it('shows nobody the old list once the person is signed out', async () => {
  const { backend } = renderMfa(<Factors />, { backend: await backendWithPhone() });
  await screen.findByRole('listitem');
  backend.signIn(null);
  act(() => void dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })));
  expect(await screen.findByRole('button', { name: 'Failed: unauthenticated' })).toBeVisible();
});

it('begins anew on the next page, whatever had failed on the last one', async () => {
  const { backend, show } = renderMfa(<Factors />, { backend: createTestBackend({ user: null }) });
  await screen.findByRole('button', { name: 'Failed: unauthenticated' });
  const { until, open } = gate();
  backend.faults.next(LIST, { kind: 'held', until });
  show(<Factors key="next" />);
  expect(screen.getByText('Loading')).toBeVisible();
  backend.signIn({ id: 'user_ada', label: 'ada@example.com' });
  open();
  expect(await screen.findByRole('list')).toBeEmptyDOMElement();
});

it('forgets the list soon after nobody shows it any more', async () => {
  const { backend, show } = renderMfa(<Factors />, { backend: await backendWithPhone() });
  await screen.findByRole('listitem');
  show(<p>Elsewhere</p>);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  backend.faults.always(LIST, { kind: 'hang' });
  show(<Factors />);
  expect(screen.getByText('Loading')).toBeVisible();
});

describe('what is told of a removal', () => {
  function Removal({ tell }: { tell: (event: string) => void }) {
    const { remove } = useRemoveFactor({ onRemoved: tell, onError: ({ code }) => tell(code) });
    return <button onClick={() => remove('factor_1')}>Remove it</button>;
  }

  it.each([
    [undefined, 'factor_1'],
    [{ kind: 'answer', status: 403, body: { code: 'forbidden' } }, 'forbidden'],
  ] satisfies [Fault | undefined, string][])('is told after an unmount, too', async (fault, event) => {
    const { until, open } = gate();
    const backend = createTestBackend();
    const deleteFactor = () => until.then(() => (fault ? backend.deleteFactor('factor_1') : undefined));
    if (fault) backend.faults.always('*', fault);
    const tell = vi.fn<(event: string) => void>();
    const { user, show } = renderMfa(<Removal tell={tell} />, { backend: { ...backend, deleteFactor } });
    await user.click(screen.getByRole('button'));
    show(<p>Elsewhere</p>);
    open();
    await waitFor(() => expect(tell.mock.calls).toEqual([[event]]));
  });

  it('is told once, though the button is pressed again before its row is gone', async () => {
    const deleteFactor = vi.fn<() => Promise<void>>().mockResolvedValue(undefined);
    const tell = vi.fn<() => void>();
    const backend = { ...createTestBackend(), deleteFactor };
    const { user } = renderMfa(<Removal tell={tell} />, { backend });
    await user.click(screen.getByRole('button'));
    await waitFor(() => expect(tell).toHaveBeenCalledTimes(1));
    await user.click(screen.getByRole('button'));
    expect(deleteFactor).toHaveBeenCalledTimes(1);
  });

  it('is told to the callback of now', async () => {
    const { until, open } = gate();
    const backend = { ...createTestBackend(), deleteFactor: () => until };
    const [old, current] = [vi.fn<() => void>(), vi.fn<() => void>()];
    const { user, show } = renderMfa(<Removal tell={old} />, { backend });
    await user.click(screen.getByRole('button'));
    show(<Removal tell={current} />);
    open();
    await waitFor(() => expect(current).toHaveBeenCalledTimes(1));
    expect(old).not.toHaveBeenCalled();
  });
});
