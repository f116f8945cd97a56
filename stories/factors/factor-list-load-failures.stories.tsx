import type { Meta, StoryObj } from '@storybook/react-vite';
import { FactorList } from 'mfa-kit';
import type { Fault } from 'mfa-kit/testing';
import { expect, fn, screen, waitFor } from 'storybook/test';

import { backendOf, expectInert, expectReady, press } from '../act.js';
import { moveDeviceClock } from '../device-clock.js';
import { type FailureName, FAILURES } from '../failures.js';
import { LIST, own } from './owned-factors.js';

const meta = {
  title: 'Factors/FactorList/When it does not load',
  component: FactorList,
  tags: ['!autodocs'],
  args: { onAdd: fn(), onError: fn() },
} satisfies Meta<typeof FactorList>;

export default meta;
type Story = StoryObj<typeof meta>;

/** The handler lists factors from its own record, so WorkOS's limit is not felt: a gateway's is. */
const TOO_OFTEN: Fault = {
  kind: 'answer',
  status: 429,
  body: { code: 'rate_limit_exceeded', retry_after: 30 },
};

const doesNotLoad = (failure: FailureName): Story => ({
  beforeEach: (context) => {
    if (failure === 'tooOften') backendOf(context).faults.always(LIST, TOO_OFTEN);
    else FAILURES[failure].befall(backendOf(context), LIST);
  },
  play: async (context) => {
    await expect(await screen.findByText(FAILURES[failure].says)).toBeVisible();
    await expect(screen.queryByRole('list')).toBeNull();
    await expect(backendOf(context).requests()).toHaveLength(1);
    await expect(context.args.onError).toHaveBeenCalledOnce();
    if (failure === 'tooOften') await expectInert(/^Try again in 0:(30|2\d)$/);
    else await expectReady('Try again');
  },
});

export const CouldNotLoad: Story = doesNotLoad('unreachable');
export const TooOften: Story = doesNotLoad('tooOften');
export const Offline: Story = doesNotLoad('offline');
export const SignedOut: Story = doesNotLoad('signedOut');
export const BadAnswer: Story = doesNotLoad('badAnswer');
export const ServerError: Story = doesNotLoad('serverError');
export const Forbidden: Story = doesNotLoad('forbidden');

/** The wait that the server asked for is over. */
export const WaitOver: Story = {
  ...TooOften,
  play: async () => {
    await screen.findByText(FAILURES.tooOften.says);
    moveDeviceClock(30_000);
    await expectReady('Try again');
  },
};

export const TryingAgain: Story = {
  ...CouldNotLoad,
  play: async (context) => {
    await screen.findByText(FAILURES.unreachable.says);
    const { faults } = backendOf(context);
    faults.clear();
    faults.always(LIST, { kind: 'hang' });
    await press('Try again');
    await expectInert('Try again');
    await expect(screen.getByText(FAILURES.unreachable.says)).toBeVisible();
  },
};

export const Recovered: Story = {
  beforeEach: async (context) => {
    const backend = backendOf(context);
    await own(backend, { type: 'totp', days: 3 });
    FAILURES.unreachable.befall(backend, LIST);
  },
  play: async (context) => {
    await screen.findByText(FAILURES.unreachable.says);
    backendOf(context).faults.clear();
    await press('Try again');
    await expect(await screen.findByRole('list')).toBeVisible();
    await waitFor(() => expect(screen.getByRole('heading')).toHaveFocus());
  },
};

/** After a removal the newer list did not come: what is known stands, and says so. */
export const OldListStands: Story = {
  beforeEach: (context) => own(backendOf(context), { type: 'totp', days: 40 }, { type: 'sms', days: 3 }),
  play: async (context) => {
    await screen.findByRole('list');
    FAILURES.unreachable.befall(backendOf(context), LIST);
    await press(/^Remove Text message/);
    await press('Remove');
    await expect(await screen.findByText(FAILURES.unreachable.says)).toBeVisible();
    await expect(screen.getAllByRole('listitem')).toHaveLength(1);
  },
};
