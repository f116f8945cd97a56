import { screen, waitFor } from '@testing-library/react';
import { FactorList, type MfaError } from 'mfa-kit';
import { createTestBackend, type Fault } from 'mfa-kit/testing';
import { describe, expect, it, vi } from 'vitest';

import { renderMfa } from '../render-mfa.js';
import { ownedFactor } from './owned-factor.js';

const REMOVE = 'DELETE /factors/:id';
const LIST = 'GET /factors';
const NO_SUCH_ROUTE: Fault = { kind: 'answer', status: 404, body: {} };

const rows = () => screen.getAllByRole('listitem');
const alerts = () => screen.getAllByRole('alert').map(({ textContent }) => textContent);

/** A list of an app and a phone, where the person has asked to remove the app. */
async function askedToRemove() {
  const backend = createTestBackend();
  const app = await ownedFactor(backend, 'totp');
  await ownedFactor(backend, 'sms');
  await backend.stepUp();
  const onRemoved = vi.fn<(factorId: string) => void>();
  const onError = vi.fn<(error: MfaError) => void>();
  const { user } = renderMfa(<FactorList onRemoved={onRemoved} onError={onError} />, { backend });
  const ask = async () =>
    user.click(await screen.findByRole('button', { name: /^Remove Authenticator app/ }));
  await ask();
  return {
    backend,
    app,
    onRemoved,
    errors: () => onError.mock.calls.map(([{ code }]) => code),
    user,
    ask,
    confirm: () => user.click(screen.getByRole('button', { name: 'Remove' })),
  };
}

describe('an answer that leaves it open', () => {
  it.each([
    ['not found', NO_SUCH_ROUTE],
    ['an error page', { kind: 'answer', status: 502, body: 'Bad gateway' }],
  ] satisfies [string, Fault][])('counts as removed where the list has it no more: %s', async (_, fault) => {
    const { backend, app, confirm, onRemoved, errors } = await askedToRemove();
    await backend.deleteFactor(app);
    backend.faults.always(REMOVE, fault);
    await confirm();
    await waitFor(() => expect(rows()).toHaveLength(1));
    expect(screen.getByRole('status')).toHaveTextContent(/ was removed\.$/);
    await waitFor(() => expect(onRemoved.mock.calls).toEqual([[app]]));
    expect(errors()).toEqual([]);
  });

  it('counts as removed where the answer was lost on its way', async () => {
    const { backend, app, confirm, onRemoved } = await askedToRemove();
    backend.faults.next(REMOVE, { kind: 'lost_answer' });
    await confirm();
    await waitFor(() => expect(rows()).toHaveLength(1));
    await waitFor(() => expect(onRemoved.mock.calls).toEqual([[app]]));
  });

  it('is a failure where the list still has it, and another press tries again', async () => {
    const { backend, confirm, onRemoved, errors } = await askedToRemove();
    const recover = backend.faults.always(REMOVE, NO_SUCH_ROUTE);
    await confirm();
    expect(await screen.findByText('Something went wrong on our side. Try again in a moment.')).toBeVisible();
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
    expect(errors()).toEqual(['bad_response']);
    expect(onRemoved).not.toHaveBeenCalled();
    recover();
    await confirm();
    await waitFor(() => expect(rows()).toHaveLength(1));
    await waitFor(() => expect(onRemoved).toHaveBeenCalledTimes(1));
  });

  it('is a failure where the list does not come either, and is said once', async () => {
    const { backend, confirm, errors } = await askedToRemove();
    backend.faults.always('*', { kind: 'unreachable' });
    await confirm();
    expect(await screen.findByText('The connection failed. Check it, then try again.')).toBeVisible();
    expect(alerts()).toEqual(['The connection failed. Check it, then try again.']);
    expect(rows()).toHaveLength(2);
    expect(errors()).toEqual(['network_error']);
  });
});

it('can be removed again where a replica that lags behind still lists it', async () => {
  const { backend, app, ask, confirm } = await askedToRemove();
  const [old] = await backend.listFactors();
  backend.faults.next(LIST, {
    kind: 'tampered',
    change: (body) => ({ data: [{ ...old, id: app }, ...(body as { data: object[] }).data] }),
  });
  await confirm();
  await waitFor(() => expect(backend.requests(LIST).at(-1)?.outcome).toBeDefined());
  await waitFor(() => expect(rows()).toHaveLength(2));
  expect(screen.queryByRole('group')).toBeNull();
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  await ask();
  await confirm();
  await waitFor(() => expect(rows()).toHaveLength(1));
  expect(backend.requests(REMOVE)).toHaveLength(2);
});

it('loads nothing again after a plain refusal', async () => {
  const { backend, confirm } = await askedToRemove();
  backend.faults.always(REMOVE, { kind: 'answer', status: 403, body: { code: 'forbidden' } });
  const before = backend.requests(LIST).length;
  await confirm();
  expect(await screen.findByText(/Your account is not allowed to do this/)).toBeVisible();
  expect(backend.requests(LIST)).toHaveLength(before);
});

it('shows nobody the list once the person is signed out, says so once, and loads it on a press', async () => {
  const { backend, user, confirm, errors } = await askedToRemove();
  const ada = backend.user;
  backend.signIn(null);
  await confirm();
  expect(await screen.findByText('You are signed out. Sign in again to go on.')).toBeVisible();
  expect(screen.queryByRole('list')).toBeNull();
  expect(screen.getByRole('heading')).toHaveFocus();
  expect(alerts()).toEqual(['You are signed out. Sign in again to go on.']);
  expect(errors()).toEqual(['unauthenticated']);
  backend.signIn(ada);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('list')).toBeVisible();
});
