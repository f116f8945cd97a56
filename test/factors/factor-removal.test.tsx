import { act, screen, waitFor, within } from '@testing-library/react';
import { FactorList, type MfaError } from 'mfa-kit';
import { createTestBackend, type TestBackend } from 'mfa-kit/testing';
import { describe, expect, it, vi } from 'vitest';

import { gate } from '../gate.js';
import { renderMfa } from '../render-mfa.js';
import { ownedFactor } from './owned-factor.js';

const REMOVE = 'DELETE /factors/:id';

const items = () => screen.getAllByRole('listitem');
const question = () => screen.findByRole('group', { name: /^Remove .+\?$/ });
const removeButton = (kind: RegExp) => screen.findByRole('button', { name: kind });
const APP = /^Remove Authenticator app/;
const PHONE = /^Remove Text message/;

/** A list of an app and a phone, and what a person does to it. */
async function listOfTwo(
  props: { onRemoved?: (id: string) => void; onError?: (error: MfaError) => void } = {},
) {
  const backend = createTestBackend();
  await ownedFactor(backend, 'totp');
  await ownedFactor(backend, 'sms');
  await backend.stepUp();
  const { user } = renderMfa(<FactorList {...props} />, { backend });
  return {
    backend,
    user,
    ask: async (kind: RegExp) => user.click(await removeButton(kind)),
    confirm: () => user.click(screen.getByRole('button', { name: 'Remove' })),
  };
}

const failWith = (backend: TestBackend, code: string, status: number, more = {}) =>
  backend.faults.always(REMOVE, { kind: 'answer', status, body: { code, ...more } });

describe('the question', () => {
  it('names the factor, says what it means, and takes the focus', async () => {
    const { backend, ask } = await listOfTwo();
    await ask(APP);
    const asked = await question();
    expect(asked).toHaveAccessibleName(/^Remove Authenticator app Example App \( ?ada@example\.com ?\)\?$/);
    expect(asked).toHaveAccessibleDescription('The codes of this app will no longer be accepted.');
    expect(asked).toHaveFocus();
    expect(backend.requests(REMOVE)).toHaveLength(0);
  });

  it.each(['{Escape}', 'Keep'])('keeps the factor by %s, and gives the focus back', async (way) => {
    const { backend, user, ask } = await listOfTwo();
    await ask(PHONE);
    await question();
    if (way === 'Keep') await user.click(screen.getByRole('button', { name: way }));
    else await user.keyboard(way);
    expect(screen.queryByRole('group')).toBeNull();
    expect(await removeButton(PHONE)).toHaveFocus();
    expect(backend.requests(REMOVE)).toHaveLength(0);
  });

  it.each([false, true])('keeps Esc from a dialog around the list, which captures: %s', async (capture) => {
    const { user, ask } = await listOfTwo();
    const heard = vi.fn<() => void>();
    document.addEventListener('keydown', heard, { capture });
    await ask(APP);
    await question();
    await user.keyboard('{Escape}');
    expect(heard).not.toHaveBeenCalled();
    expect(screen.queryByRole('group')).toBeNull();
    await user.keyboard('{Escape}');
    expect(heard).toHaveBeenCalledTimes(1);
    document.removeEventListener('keydown', heard, { capture });
  });

  it('leaves Esc to others while the focus is elsewhere', async () => {
    const { user, ask } = await listOfTwo();
    await ask(APP);
    await question();
    screen.getByRole('heading').focus();
    await user.keyboard('{Escape}');
    expect(await question()).toBeVisible();
  });

  it('is asked of one factor at a time', async () => {
    const { ask } = await listOfTwo();
    await ask(APP);
    await ask(PHONE);
    expect(await question()).toHaveAccessibleName(/^Remove Text message/);
    expect(await question()).toHaveFocus();
  });

  it('warns of the last one that works, whatever is pending beside it', async () => {
    const { backend, ask, confirm } = await listOfTwo();
    await backend.enrollFactor({ type: 'totp' });
    await ask(PHONE);
    expect(screen.queryByText(/your last active way/)).toBeNull();
    await confirm();
    await waitFor(() => expect(screen.queryByRole('group')).toBeNull());
    const pending = within(await screen.findByRole('list', { name: 'Not finished' }));
    const list = within(screen.getByRole('list', { name: 'Your ways to verify' }));
    list.getByRole('button', { name: APP }).click();
    expect(await screen.findByText(/This is your last active way to verify\./)).toBeVisible();
    pending.getByRole('button', { name: APP }).click();
    expect(await screen.findByText(/nothing that works is lost/)).toBeVisible();
    expect(screen.queryByText(/your last active way/)).toBeNull();
  });
});

it('removes a factor once when “Remove” is pressed twice, and tells the host', async () => {
  const onRemoved = vi.fn<(id: string) => void>();
  const { backend, user, ask } = await listOfTwo({ onRemoved });
  const [app] = await backend.listFactors();
  await ask(APP);
  await user.dblClick(screen.getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(items()).toHaveLength(1));
  expect(backend.requests(REMOVE)).toHaveLength(1);
  expect(onRemoved.mock.calls).toEqual([[app?.id]]);
});

it('sends one removal for two presses within one moment', async () => {
  const { backend, ask } = await listOfTwo();
  backend.faults.always(REMOVE, { kind: 'hang' });
  await ask(APP);
  const button = screen.getByRole('button', { name: 'Remove' });
  act(() => {
    button.click();
    button.click();
  });
  expect(await screen.findByRole('button', { name: 'Removing…' })).toBeVisible();
  expect(backend.requests(REMOVE)).toHaveLength(1);
});

it('says that it is gone, and goes on at the row in its place', async () => {
  const { ask, confirm } = await listOfTwo();
  await ask(APP);
  await confirm();
  await waitFor(() => expect(screen.getByRole('listitem')).toHaveFocus());
  expect(screen.getByRole('listitem')).toHaveAccessibleName('Text message number ending in 0 0 0 6');
  expect(screen.getByRole('status')).toHaveTextContent(
    'Authenticator app Example App (ada@example.com) was removed.',
  );
});

it('goes on at the row before when the last row is gone, and at the title when all are', async () => {
  const { ask, confirm } = await listOfTwo();
  await ask(PHONE);
  await confirm();
  await waitFor(() => expect(screen.getByRole('listitem')).toHaveFocus());
  await ask(APP);
  await confirm();
  expect(await screen.findByText(/No way to verify is set up yet/)).toBeVisible();
  await waitFor(() => expect(screen.getByRole('heading')).toHaveFocus());
  expect(screen.getByRole('status')).toHaveTextContent(/^Authenticator app .+ was removed\.$/);
});

it('leaves the focus where the person has taken it in the meantime', async () => {
  const { backend, ask, confirm } = await listOfTwo();
  const { until, open } = gate();
  backend.faults.next(REMOVE, { kind: 'held', until });
  await ask(APP);
  await confirm();
  screen.getByRole('heading').focus();
  open();
  await waitFor(() => expect(items()).toHaveLength(1));
  expect(screen.getByRole('heading')).toHaveFocus();
});

it('is not kept or taken back once the removal is under way', async () => {
  const { backend, user, ask, confirm } = await listOfTwo();
  backend.faults.always(REMOVE, { kind: 'hang' });
  await ask(APP);
  await confirm();
  expect(await screen.findByRole('button', { name: 'Removing…' })).toHaveFocus();
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: 'Keep' }));
  expect(await question()).toBeVisible();
});

it('removes one at a time: another is asked about, and has to wait', async () => {
  const { backend, user, ask, confirm } = await listOfTwo();
  const { until, open } = gate();
  backend.faults.next(REMOVE, { kind: 'held', until });
  await ask(APP);
  await confirm();
  await ask(PHONE);
  expect(screen.getAllByRole('group')).toHaveLength(2);
  await user.click(screen.getByRole('button', { name: 'Remove' }));
  expect(backend.requests(REMOVE)).toHaveLength(1);
  open();
  await waitFor(() => expect(items()).toHaveLength(1));
  expect(await question()).toHaveAccessibleName(/^Remove Text message/);
  await backend.stepUp(); // the app's code has gone with the app
  await confirm();
  expect(await screen.findByText(/No way to verify is set up yet/)).toBeVisible();
});

it('takes the row away although the newer list does not come, and says why it does not', async () => {
  const { backend, ask, confirm } = await listOfTwo();
  await ask(APP);
  backend.faults.always('GET /factors', { kind: 'unreachable' });
  await confirm();
  expect(await screen.findByText('The connection failed. Check it, then try again.')).toBeVisible();
  expect(screen.getByRole('listitem')).toHaveTextContent(/^Text message/);
});

describe('a removal that fails', () => {
  it('is said at its row, and works on another press', async () => {
    const onError = vi.fn<(error: MfaError) => void>();
    const { backend, ask, confirm } = await listOfTwo({ onError });
    const recover = failWith(backend, 'server_error', 503);
    await ask(PHONE);
    await confirm();
    const row = (await question()).closest('li');
    expect(await screen.findByText('Something went wrong on our side. Try again in a moment.')).toBeVisible();
    expect(row).toContainElement(screen.getByRole('alert'));
    expect(screen.getByRole('button', { name: 'Remove' })).toHaveFocus();
    expect(items()).toHaveLength(2);
    expect(onError.mock.calls.map(([{ code }]) => code)).toEqual(['server_error']);
    recover();
    await confirm();
    await waitFor(() => expect(items()).toHaveLength(1));
  });

  it('is forgotten once the person keeps the factor', async () => {
    const { backend, user, ask, confirm } = await listOfTwo();
    failWith(backend, 'server_error', 503);
    await ask(PHONE);
    await confirm();
    await screen.findByText(/Something went wrong/);
    await user.keyboard('{Escape}');
    expect(await removeButton(PHONE)).toHaveFocus();
    await ask(PHONE);
    expect(await question()).toHaveAccessibleDescription('We will no longer text codes to this number.');
    expect(screen.queryByText(/Something went wrong/)).toBeNull();
  });

  it('waits as long as the server asked for', async () => {
    const { backend, user, ask, confirm } = await listOfTwo();
    failWith(backend, 'rate_limit_exceeded', 429, { retry_after: 30 });
    await ask(PHONE);
    await confirm();
    await user.click(await screen.findByRole('button', { name: /^Try again in 0:(30|29)$/ }));
    expect(backend.requests(REMOVE)).toHaveLength(1);
  });

  it('hands a wish for a fresh verification to the host', async () => {
    const onError = vi.fn<(error: MfaError) => void>();
    const { backend, ask, confirm } = await listOfTwo({ onError });
    failWith(backend, 'step_up_required', 403);
    await ask(PHONE);
    await confirm();
    expect(await screen.findByText('Confirm that it is you first, then try again.')).toBeVisible();
    expect(onError.mock.calls.map(([{ code }]) => code)).toEqual(['step_up_required']);
  });
});
