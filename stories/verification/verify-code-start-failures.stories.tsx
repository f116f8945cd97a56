import type { Meta, StoryObj } from '@storybook/react-vite';
import { VerifyCode } from 'mfa-kit';
import { expect, fn, screen } from 'storybook/test';

import { backendOf, CHALLENGE, codeField, expectFocus, expectReady, press } from '../act.js';
import { type FailureName, FAILURES } from '../failures.js';
import { expectAnotherTry, triesAgain, waitsItOut } from '../try-again.js';
import { renderWithFactors, typesOnly, withFactors } from './with-factors.js';

const meta = {
  title: 'Verification/VerifyCode/When no code can be sent',
  component: VerifyCode,
  tags: ['!autodocs'],
  args: { factors: [], onCancel: fn() },
  render: renderWithFactors,
} satisfies Meta<typeof VerifyCode>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Nor is it said that a code was sent, or is being sent. */
async function expectNothingSent() {
  for (const claim of screen.queryAllByText(/^(We sent|Sending) a code/))
    await expect(claim).not.toBeVisible();
}

/** Nothing is tried again without a press, and there is no field for a code that never came. */
const cannotBeSent = (failure: FailureName, withPhone = withFactors(['phone'])): Story => ({
  beforeEach: async (context) => {
    await withPhone(context);
    FAILURES[failure].befall(backendOf(context), CHALLENGE);
  },
  play: async (context) => {
    await expect(await screen.findByText(FAILURES[failure].says)).toBeVisible();
    await expect(screen.queryByLabelText('One-time code')).toBeNull();
    await expectNothingSent();
    await expectReady('Cancel');
    await expect(backendOf(context).emulator.inbox).toHaveLength(1); // the one of the day it was set up
    await expectAnotherTry(failure);
  },
});

export const Offline: Story = cannotBeSent('offline');
export const Unreachable: Story = cannotBeSent('unreachable');
export const TooOften: Story = cannotBeSent('tooOften');
export const ServerError: Story = cannotBeSent('serverError');
export const BadAnswer: Story = cannotBeSent('badAnswer');
export const SignedOut: Story = cannotBeSent('signedOut');
export const Forbidden: Story = cannotBeSent('forbidden');
/** The server says nothing of the number. */
export const NumberNotListed: Story = cannotBeSent('unreachable', withFactors(['phone'], typesOnly));

export const WaitOver: Story = { ...TooOften, play: waitsItOut };

export const TryingAgain: Story = {
  ...Unreachable,
  play: (context) => triesAgain(backendOf(context), CHALLENGE),
};

/** The fault is gone, and one press later so is what was said of it. */
export const Recovered: Story = {
  ...Unreachable,
  play: async (context) => {
    await screen.findByText(FAILURES.unreachable.says);
    backendOf(context).faults.clear();
    await press('Try again');
    await expect(await codeField()).toBeVisible();
    await expect(screen.queryByText(FAILURES.unreachable.says)).toBeNull();
    await expect(screen.getByText(/^We sent a code to/)).toBeVisible();
  },
};

/** Where there is another way it is offered all the same. */
export const AnotherWayLeft: Story = {
  beforeEach: async (context) => {
    await withFactors(['phone', 'other phone'])(context);
    backendOf(context).faults.next(CHALLENGE, { kind: 'unreachable' });
  },
  play: async () => {
    await screen.findByText(FAILURES.unreachable.says);
    await press(/^Text message to .*5 5 5 5$/);
    await expectFocus(await codeField());
    await expect(screen.getByText('•••• 5555')).toBeVisible();
    await expect(screen.queryByText(FAILURES.unreachable.says)).toBeNull();
  },
};
