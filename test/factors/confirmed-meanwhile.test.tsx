import { screen } from '@testing-library/react';
import { EnrollTotp, FactorList } from 'mfa-kit';
import { expect, it } from 'vitest';

import { gate } from '../gate.js';
import { renderMfa } from '../render-mfa.js';

const REMOVE = 'DELETE /factors/:id';
const APP = /^Remove Authenticator app/;

const question = () => screen.findByRole('group', { name: /^Remove .+\?$/ });

/** A list of an app whose enrolment goes on beside it. */
async function pendingOne() {
  const { backend, user, show } = renderMfa(<EnrollTotp />);
  await screen.findByLabelText('One-time code');
  show(
    <>
      <EnrollTotp />
      <FactorList />
      <button>Elsewhere</button>
    </>,
  );
  return {
    backend,
    user,
    ask: async () => user.click(await screen.findByRole('button', { name: APP })),
    confirmElsewhere: async () => {
      const { until, open } = gate();
      backend.faults.next('GET /factors', { kind: 'late', until });
      await user.type(screen.getByLabelText('One-time code'), backend.currentCode());
      await screen.findByText('Your authenticator app is set up.');
      screen.getByRole('button', { name: 'Elsewhere' }).focus();
      open();
      await screen.findByText('Active');
    },
  };
}

it('ends the question once the factor is confirmed, and leaves the focus where it is', async () => {
  const { ask, confirmElsewhere } = await pendingOne();
  await ask();
  expect(await question()).toHaveAccessibleDescription(/nothing that works is lost/);
  await confirmElsewhere();
  expect(screen.queryByRole('group')).toBeNull();
  expect(screen.getByRole('button', { name: 'Elsewhere' })).toHaveFocus();
  await ask();
  expect(await question()).toHaveAccessibleDescription(/The codes of this app will no longer be accepted/);
});

it('takes no focus when the row of a failed removal moves to what works', async () => {
  const { backend, user, ask, confirmElsewhere } = await pendingOne();
  backend.faults.always(REMOVE, { kind: 'answer', status: 403, body: { code: 'forbidden' } });
  await ask();
  await user.click(screen.getByRole('button', { name: 'Remove' }));
  await screen.findByText(/Your account is not allowed/);
  await confirmElsewhere();
  expect(await question()).toBeVisible();
  expect(screen.getByRole('button', { name: 'Elsewhere' })).toHaveFocus();
});
