import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import { EnrollTotp, useFactors, useRemoveFactor } from 'mfa-kit';
import { createTestBackend } from 'mfa-kit/testing';
import { expect, it, vi } from 'vitest';

import { renderMfa } from '../render-mfa.js';

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
  const recovered = backend.faults.always('GET /factors', { kind: 'unreachable' });
  const { user } = renderMfa(<Factors />, { backend });
  const button = await screen.findByRole('button', { name: 'Failed: network_error' });
  expect(backend.requests('GET /factors')).toHaveLength(1);
  recovered();
  await user.click(button);
  expect(await screen.findByText(/sms •••• 0006/)).toBeVisible();
});

it('keeps out of the host’s own QueryClient, and no whole phone number in its own', async () => {
  const host = new QueryClient();
  const seen = vi.fn<() => void>();
  host.getQueryCache().subscribe(seen);
  const backend = await backendWithPhone();
  backend.faults.always('GET /factors', {
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
