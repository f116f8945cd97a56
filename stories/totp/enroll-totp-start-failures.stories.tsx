import type { Meta, StoryObj } from '@storybook/react-vite';
import { EnrollTotp } from 'mfa-kit';
import { expect, fn, screen } from 'storybook/test';

import { backendOf, codeField, ENROLL, expectReady, press } from '../act.js';
import { type FailureName, FAILURES } from '../failures.js';
import { expectAnotherTry, triesAgain, waitsItOut } from '../try-again.js';

const meta = {
  title: 'Enrolment/EnrollTotp/When it cannot start',
  component: EnrollTotp,
  tags: ['!autodocs'],
  args: { onCancel: fn() },
} satisfies Meta<typeof EnrollTotp>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Nothing is tried again without a press, and there is no key that could be of use. */
const cannotStart = (failure: FailureName): Story => ({
  beforeEach: (context) => FAILURES[failure].befall(backendOf(context), ENROLL),
  play: async (context) => {
    await expect(await screen.findByText(FAILURES[failure].says)).toBeVisible();
    await expectReady('Cancel');
    await expect(screen.queryByRole('img')).toBeNull();
    await expect(screen.queryByRole('group', { name: 'Setup key' })).toBeNull();
    await expect(backendOf(context).requests()).toHaveLength(1);
    await expectAnotherTry(failure);
  },
});

export const Offline: Story = cannotStart('offline');
export const Unreachable: Story = cannotStart('unreachable');
export const TooOften: Story = cannotStart('tooOften');
export const ServerError: Story = cannotStart('serverError');
export const BadAnswer: Story = cannotStart('badAnswer');
export const SignedOut: Story = cannotStart('signedOut');
export const Forbidden: Story = cannotStart('forbidden');

export const WaitOver: Story = { ...TooOften, play: waitsItOut };

export const TryingAgain: Story = {
  ...Unreachable,
  play: (context) => triesAgain(backendOf(context), ENROLL),
};

/** The fault is gone, and one press later so is what was said of it. */
export const Recovered: Story = {
  ...Unreachable,
  play: async (context) => {
    await screen.findByText(FAILURES.unreachable.says);
    backendOf(context).faults.clear();
    await press('Try again');
    await expect(await screen.findByRole('img')).toBeVisible();
    await expect(await codeField()).toBeVisible();
    await expect(screen.queryByText(FAILURES.unreachable.says)).toBeNull();
    await expect(backendOf(context).emulator.factors).toHaveLength(1);
  },
};
