import type { Meta, StoryObj } from '@storybook/react-vite';
import { FactorList } from 'mfa-kit';
import type { Fault } from 'mfa-kit/testing';
import { expect, fn, screen, waitFor } from 'storybook/test';

import { backendOf, press } from '../act.js';
import { type FailureName, FAILURES } from '../failures.js';
import { expectAnotherTry, triesAgain, waitsItOut } from '../try-again.js';
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
    await expectAnotherTry(failure);
  },
});

export const CouldNotLoad: Story = doesNotLoad('unreachable');
export const TooOften: Story = doesNotLoad('tooOften');
export const Offline: Story = doesNotLoad('offline');
export const SignedOut: Story = doesNotLoad('signedOut');
export const BadAnswer: Story = doesNotLoad('badAnswer');
export const ServerError: Story = doesNotLoad('serverError');
export const Forbidden: Story = doesNotLoad('forbidden');

export const WaitOver: Story = { ...TooOften, play: waitsItOut };

export const TryingAgain: Story = {
  ...CouldNotLoad,
  play: (context) => triesAgain(backendOf(context), LIST),
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
