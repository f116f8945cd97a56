import { render, screen, waitFor } from '@testing-library/react';
import { FactorList, MfaProvider } from 'mfa-kit';
import { createTestBackend, type TestBackend } from 'mfa-kit/testing';
import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import 'mfa-kit/styles.css';
import { gate } from '../gate.js';
import { ownedFactor } from './owned-factor.js';

const LIST = 'GET /factors';
const REMOVE = 'DELETE /factors/:id';
const DAY = 86_400_000;

afterEach(async () => {
  await page.viewport(414, 896); // Vitest's own
  document.body.removeAttribute('style');
});

async function backendWithTwo() {
  const backend = createTestBackend();
  backend.clock.advance(-100 * DAY);
  await ownedFactor(backend, 'totp');
  await ownedFactor(backend, 'sms');
  await backend.stepUp();
  backend.clock.advance(100 * DAY);
  return backend;
}

/** Has the proxy list the first factor so many times. */
function listTimes(backend: TestBackend, count: number) {
  backend.faults.always(LIST, {
    kind: 'tampered',
    change: (body) => {
      const [factor] = (body as { data: object[] }).data; // the handler's
      return { data: Array.from({ length: count }, (_, index) => ({ ...factor, id: `factor_${index}` })) };
    },
  });
}

const show = (backend: TestBackend) =>
  render(
    <MfaProvider backend={backend}>
      <FactorList onAdd={() => {}} />
    </MfaProvider>,
  );
const button = (name: string | RegExp) => screen.findByRole('button', { name });
const height = () => document.querySelector('.mfa-screen')?.getBoundingClientRect().height;

it.each([288, 414])('keeps the place of two rows while it loads, %d px wide', async (width) => {
  document.body.style.inlineSize = `${width}px`;
  const backend = await backendWithTwo();
  const { until, open } = gate();
  backend.faults.next(LIST, { kind: 'late', until });
  show(backend);
  await screen.findByText('Loading your ways to verify…');
  const before = height();
  open();
  await screen.findByRole('list');
  expect(height()).toBe(before);
});

it.each([320, 480])('moves nothing while a removal is under way or fails, %d px wide', async (width) => {
  await page.viewport(width, 800);
  const backend = await backendWithTwo();
  const { until, open } = gate();
  const breakDown = () => {
    backend.faults.always(LIST, { kind: 'unreachable' });
    throw new TypeError('Failed to fetch');
  };
  backend.faults.next(REMOVE, { kind: 'held', until: until.then(breakDown) });
  backend.faults.next(REMOVE, { kind: 'answer', status: 429, body: { code: 'x', retry_after: 30 } });
  show(backend);
  await userEvent.click(await button(/^Remove Text message/));
  const before = height();
  await userEvent.click(await button('Remove'));
  await button('Removing…');
  expect(height()).toBe(before);
  open();
  await screen.findByText(/The connection failed/);
  expect(height()).toBe(before);
  await userEvent.click(await button('Remove'));
  await button(/^Try again in/);
  expect(height()).toBe(before);
});

it('keeps a native dialog around it open when Esc ends the question', async () => {
  const backend = await backendWithTwo();
  render(
    <dialog ref={(dialog) => dialog?.showModal()}>
      <MfaProvider backend={backend}>
        <FactorList />
      </MfaProvider>
    </dialog>,
  );
  await userEvent.click(await button(/^Remove Text message/));
  await screen.findByRole('group');
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('group')).toBeNull());
  expect(screen.getByRole('dialog')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('fits any label into 320 px', async () => {
  await page.viewport(320, 800);
  const backend = await backendWithTwo();
  backend.faults.always(LIST, {
    kind: 'tampered',
    change: (body) => ({
      data: (body as { data: object[] }).data.map((factor) => ({
        ...factor,
        totp: { issuer: 'i'.repeat(64), user: `${'W'.repeat(40)}@example.com` },
      })),
    }),
  });
  show(backend);
  await userEvent.click(await button(/^Remove Authenticator app/));
  await screen.findByRole('group');
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
});

it('does not lay out the rows of a long list that are far below', async () => {
  const backend = await backendWithTwo();
  listTimes(backend, 1000);
  show(backend);
  const list = await screen.findByRole('list');
  const rows = [...list.children];
  expect(rows).toHaveLength(1000);
  const isLaidOut = (row: Element | undefined) =>
    row?.querySelector('button')?.checkVisibility({ contentVisibilityAuto: true });
  await waitFor(() => expect(isLaidOut(rows[900])).toBe(false));
  expect(isLaidOut(rows[0])).toBe(true);
  rows[900]?.scrollIntoView();
  await waitFor(() => expect(isLaidOut(rows[900])).toBe(true));
});
