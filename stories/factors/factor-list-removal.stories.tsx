import type { Meta, StoryObj } from '@storybook/react-vite';
import { FactorList } from 'mfa-kit';
import { expect, fn, screen, userEvent, waitFor, within } from 'storybook/test';

import { backendOf, expectInert, press } from '../act.js';
import { type FailureName, FAILURES } from '../failures.js';
import { LIST, own, REMOVE } from './owned-factors.js';

const meta = {
  title: 'Factors/FactorList/Removing one',
  component: FactorList,
  tags: ['!autodocs'],
  args: { onRemoved: fn(), onError: fn() },
  beforeEach: async (context) => {
    await own(backendOf(context), { type: 'totp', days: 40 }, { type: 'sms', days: 3 });
    await backendOf(context).stepUp();
  },
} satisfies Meta<typeof FactorList>;

export default meta;
type Story = StoryObj<typeof meta>;

const question = () => screen.findByRole('group', { name: /^Remove .+\?$/ });

async function ask(kind: RegExp) {
  await press(kind);
  return within(await question());
}

export const ConfirmingRemoval: Story = {
  play: async () => {
    const asked = await ask(/^Remove Text message/);
    await expect(asked.getByText(/We will no longer text codes to this number\./)).toBeVisible();
    await expect(await question()).toHaveFocus();
    await expect(screen.queryByText(/your last active way/)).toBeNull();
  },
};

export const OneLastFactor: Story = {
  play: async () => {
    await ask(/^Remove Text message/);
    await press('Remove');
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1));
    await ask(/^Remove Authenticator app/);
    await expect(screen.getByText(/This is your last active way to verify\./)).toBeVisible();
  },
};

export const PendingOne: Story = {
  beforeEach: (context) => own(backendOf(context), { type: 'totp', isPending: true }),
  play: async () => {
    const pending = within(await screen.findByRole('list', { name: 'Not finished' }));
    await userEvent.click(pending.getByRole('button', { name: /^Remove Authenticator app/ }));
    await expect(await pending.findByText(/nothing that works is lost/)).toBeVisible();
  },
};

export const Kept: Story = {
  play: async (context) => {
    await ask(/^Remove Authenticator app/);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('group')).toBeNull());
    await expect(screen.getByRole('button', { name: /^Remove Authenticator app/ })).toHaveFocus();
    await expect(backendOf(context).requests(REMOVE)).toHaveLength(0);
  },
};

export const Removing: Story = {
  play: async (context) => {
    await ask(/^Remove Text message/);
    backendOf(context).faults.always(REMOVE, { kind: 'hang' });
    await press('Remove');
    await expectInert('Removing…');
    await expectInert('Keep');
  },
};

export const RemovedOne: Story = {
  play: async (context) => {
    await ask(/^Remove Authenticator app/);
    await press('Remove');
    const [row, ...others] = await waitFor(() => {
      const rows = screen.getAllByRole('listitem');
      if (rows.length > 1) throw new Error('Both are still there.');
      return rows;
    });
    await expect(others).toHaveLength(0);
    await waitFor(() => expect(row).toHaveFocus());
    await expect(screen.getByText(/was removed\./)).toHaveTextContent(
      'Authenticator app Example App (ada@example.com) was removed.',
    );
    await expect(context.args.onRemoved).toHaveBeenCalledOnce();
  },
};

export const RemovedTheLastOne: Story = {
  ...RemovedOne,
  play: async () => {
    for (const kind of [/^Remove Text message/, /^Remove Authenticator app/]) {
      await ask(kind);
      await press('Remove');
      await waitFor(() => expect(screen.queryByRole('group')).toBeNull());
    }
    await expect(await screen.findByText(/No way to verify is set up yet/)).toBeVisible();
    await waitFor(() => expect(screen.getByRole('heading')).toHaveFocus());
  },
};

/** The list stays, and the way out is another press. */
const removalFailed = (failure: FailureName): Story => ({
  play: async (context) => {
    await ask(/^Remove Text message/);
    FAILURES[failure].befall(backendOf(context), REMOVE);
    await press('Remove');
    await expect(await screen.findByText(FAILURES[failure].says)).toBeVisible();
    await expect(screen.getAllByRole('listitem').length).toBeGreaterThan(1);
    await expect(context.args.onError).toHaveBeenCalled();
    if (failure === 'tooOften') await expectInert(/^Try again in 0:(30|2\d)$/);
  },
});

export const RemovalFailed: Story = removalFailed('unreachable');
export const RemovalTooOften: Story = removalFailed('tooOften');
export const RemovalOffline: Story = removalFailed('offline');
export const RemovalForbidden: Story = removalFailed('forbidden');

export const RemovalNeedsStepUp: Story = {
  play: async (context) => {
    await ask(/^Remove Text message/);
    const body = { code: 'step_up_required', message: 'A fresh verification is wanted first.' };
    backendOf(context).faults.always(REMOVE, { kind: 'answer', status: 403, body });
    await press('Remove');
    await expect(await screen.findByText('Confirm that it is you first, then try again.')).toBeVisible();
  },
};

/** Signed out in another tab: whose factors they are is no longer shown. */
export const RemovalSignedOut: Story = {
  play: async (context) => {
    await ask(/^Remove Text message/);
    backendOf(context).signIn(null);
    await press('Remove');
    await expect(await screen.findByText(FAILURES.signedOut.says)).toBeVisible();
    await expect(screen.queryByRole('list')).toBeNull();
    await expect(context.args.onError).toHaveBeenCalledOnce();
  },
};

/** The server says that there is no such factor, and lists it: it is not gone. */
export const RemovalContradicted: Story = {
  play: async (context) => {
    await ask(/^Remove Text message/);
    backendOf(context).faults.always(REMOVE, { kind: 'answer', status: 404 });
    await press('Remove');
    await expect(await screen.findByText(FAILURES.badAnswer.says)).toBeVisible();
    await expect(screen.getAllByRole('listitem')).toHaveLength(2);
    await expect(context.args.onRemoved).not.toHaveBeenCalled();
  },
};

/** Gone already, by another tab or device: that is what was wanted. */
export const GoneAlready: Story = {
  play: async (context) => {
    await ask(/^Remove Text message/);
    const backend = backendOf(context);
    const sms = (await backend.listFactors()).find(({ type }) => type === 'sms');
    await backend.deleteFactor(sms?.id ?? '');
    await press('Remove');
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1));
    await expect(screen.getByText(/was removed\./)).toBeInTheDocument();
  },
};

/** After it the newer list did not come: what is known stands, and says so. */
export const OldListStands: Story = {
  args: { onAdd: fn() },
  play: async (context) => {
    await screen.findByRole('list');
    FAILURES.unreachable.befall(backendOf(context), LIST);
    await press(/^Remove Text message/);
    await press('Remove');
    await expect(await screen.findByText(FAILURES.unreachable.says)).toBeVisible();
    await expect(screen.getAllByRole('listitem')).toHaveLength(1);
  },
};
