import type { Meta, StoryObj } from '@storybook/react-vite';
import { VerifyCode } from 'mfa-kit';
import type { TestBackend } from 'mfa-kit/testing';
import { expect, fn, screen } from 'storybook/test';

import { backendOf, codeField, enterCode, expectReady } from '../act.js';
import {
  cannotBeChecked,
  hasExpiredAtServer,
  isCheckedUnheard,
  isLocked,
  isLockedNoMore,
  isTooLate,
  isSpent,
  isUsedInApp,
  isUsedInMessage,
  isWrong,
  isWrongTwice,
  leaves,
} from '../code-problems.js';
import { type Method, renderWithFactors, withFactors } from './with-factors.js';

const meta = {
  title: 'Verification/VerifyCode/When the code fails',
  component: VerifyCode,
  tags: ['!autodocs'],
  args: { factors: [], onCancel: fn() },
  render: renderWithFactors,
} satisfies Meta<typeof VerifyCode>;

export default meta;
type Story = StoryObj<typeof meta>;

const whenCodeOf =
  (method: Method) =>
  (fails: (backend: TestBackend) => Promise<void>): Story => ({
    beforeEach: withFactors([method]),
    play: async (context) => {
      await fails(backendOf(context));
      await expect(screen.queryByText('Verified.')).toBeNull(); // whatever happens to a code
    },
  });
const whenCodeOfApp = whenCodeOf('app');
const whenCodeOfMessage = whenCodeOf('phone');

export const WrongCode: Story = whenCodeOfApp(isWrong);
export const WrongCodeTwice: Story = whenCodeOfApp(isWrongTwice(/your phone sets its time automatically/));
/** No word of a clock: text messages know none. */
export const WrongCodeOfMessageTwice: Story = whenCodeOfMessage(
  isWrongTwice('That code is not right. Check it and try again. 3 tries left.'),
);
export const AttemptsLeft: Story = whenCodeOfApp(leaves(2, /^That code is not right\. .* 2 tries left\.$/));
export const LastAttempt: Story = whenCodeOfApp(leaves(1, /^That code is not right\. .* 1 try left\.$/));
export const Locked: Story = whenCodeOfApp(isLocked);
export const LockOver: Story = whenCodeOfApp(isLockedNoMore);
export const MessageLocked: Story = whenCodeOfMessage(isLocked);
export const CodeWindowMissed: Story = whenCodeOfApp(isTooLate);
export const TooManyTries: Story = whenCodeOfMessage(isSpent);
export const ExpiredAtServer: Story = whenCodeOfMessage(hasExpiredAtServer);
export const LostAnswer: Story = whenCodeOfApp(isCheckedUnheard);
export const CodeUsedBefore: Story = whenCodeOfApp(isUsedInApp);
export const MessageUsedBefore: Story = whenCodeOfMessage(isUsedInMessage);
export const Offline: Story = whenCodeOfApp(cannotBeChecked('offline'));
export const ServerError: Story = whenCodeOfApp(cannotBeChecked('serverError'));
export const BadAnswer: Story = whenCodeOfApp(cannotBeChecked('badAnswer'));
export const SignedOut: Story = whenCodeOfApp(cannotBeChecked('signedOut'));

/** Removed in another tab. */
export const FactorGone: Story = {
  beforeEach: withFactors(['app']),
  play: async (context) => {
    const backend = backendOf(context);
    await codeField();
    await backend.stepUp();
    for (const { id } of backend.emulator.factors) await backend.deleteFactor(id);
    await enterCode('123456');
    await expect(await screen.findByText('This has ended in the meantime. Start again.')).toBeVisible();
    await expectReady('Try again');
    await expect(screen.queryByLabelText('One-time code')).toBeNull();
  },
};
