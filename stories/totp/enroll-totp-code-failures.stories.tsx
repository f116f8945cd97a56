import type { Meta, StoryObj } from '@storybook/react-vite';
import { EnrollTotp } from 'mfa-kit';
import type { TestBackend } from 'mfa-kit/testing';
import { expect, fn, screen } from 'storybook/test';

import { backendOf, codeField, enterCode, expectReady } from '../act.js';
import {
  cannotBeChecked,
  isCheckedUnheard,
  isLocked,
  isLockedNoMore,
  isTooLate,
  isUsedInApp,
  isWrong,
  isWrongTwice,
  leaves,
} from '../code-problems.js';

const meta = {
  title: 'Enrolment/EnrollTotp/When the code fails',
  component: EnrollTotp,
  tags: ['!autodocs'],
  args: { onCancel: fn() },
} satisfies Meta<typeof EnrollTotp>;

export default meta;
type Story = StoryObj<typeof meta>;

const whenCode = (fails: (backend: TestBackend) => Promise<void>): Story => ({
  play: async (context) => {
    await fails(backendOf(context));
    await expect(screen.getByRole('group', { name: 'Setup key' })).toBeVisible(); // whatever happens to a code
  },
});

export const WrongCode: Story = whenCode(isWrong);
export const WrongCodeTwice: Story = whenCode(isWrongTwice(/your phone sets its time automatically/));
export const AttemptsLeft: Story = whenCode(leaves(2, /^That code is not right\. .* 2 tries left\.$/));
export const LastAttempt: Story = whenCode(leaves(1, /^That code is not right\. .* 1 try left\.$/));
export const Locked: Story = whenCode(isLocked);
export const LockOver: Story = whenCode(isLockedNoMore);
export const CodeWindowMissed: Story = whenCode(isTooLate);
export const LostAnswer: Story = whenCode(isCheckedUnheard);
export const CodeUsedBefore: Story = whenCode(isUsedInApp);
export const Offline: Story = whenCode(cannotBeChecked('offline'));
export const ServerError: Story = whenCode(cannotBeChecked('serverError'));
export const BadAnswer: Story = whenCode(cannotBeChecked('badAnswer'));
export const SignedOut: Story = whenCode(cannotBeChecked('signedOut'));

/** Removed in another tab: the key on the screen is of no use any more. */
export const FactorGone: Story = {
  play: async (context) => {
    const backend = backendOf(context);
    await codeField();
    for (const { id } of backend.emulator.factors) await backend.deleteFactor(id);
    await enterCode('123456');
    await expect(await screen.findByText('This has ended in the meantime. Start again.')).toBeVisible();
    await expectReady('Try again');
    await expect(screen.queryByRole('group', { name: 'Setup key' })).toBeNull();
  },
};
