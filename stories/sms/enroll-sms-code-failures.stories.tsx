import type { Meta, StoryObj } from '@storybook/react-vite';
import { EnrollSms } from 'mfa-kit';
import type { TestBackend } from 'mfa-kit/testing';
import { expect, fn, screen } from 'storybook/test';

import { backendOf, codeField, enterCode, expectReady, SAMPLE_PHONE } from '../act.js';
import {
  cannotBeChecked,
  hasExpiredAtServer,
  isCheckedUnheard,
  isLocked,
  isSpent,
  isUsedInMessage,
  isWrong,
  isWrongTwice,
  leaves,
} from '../code-problems.js';
import { phoneField, requestCode } from './request-code.js';

const meta = {
  title: 'Enrolment/EnrollSms/When the code fails',
  component: EnrollSms,
  tags: ['!autodocs'],
  args: { defaultCountry: 'US', testNumbers: [SAMPLE_PHONE], onCancel: fn() },
} satisfies Meta<typeof EnrollSms>;

export default meta;
type Story = StoryObj<typeof meta>;

const whenCode = (fails: (backend: TestBackend) => Promise<void>): Story => ({
  play: async (context) => {
    await requestCode();
    await fails(backendOf(context));
    await expectReady('Change number'); // whatever happens to a code
  },
});

export const WrongCode: Story = whenCode(isWrong);
/** No word of a clock: text messages know none. */
export const WrongCodeTwice: Story = whenCode(
  isWrongTwice('That code is not right. Check it and try again. 3 tries left.'),
);
export const AttemptsLeft: Story = whenCode(leaves(2, /^That code is not right\. .* 2 tries left\.$/));
export const Locked: Story = whenCode(isLocked);
export const TooManyTries: Story = whenCode(isSpent);
export const ExpiredAtServer: Story = whenCode(hasExpiredAtServer);
export const LostAnswer: Story = whenCode(isCheckedUnheard);
export const CodeUsedBefore: Story = whenCode(isUsedInMessage);
export const Offline: Story = whenCode(cannotBeChecked('offline'));
export const ServerError: Story = whenCode(cannotBeChecked('serverError'));
export const BadAnswer: Story = whenCode(cannotBeChecked('badAnswer'));
export const SignedOut: Story = whenCode(cannotBeChecked('signedOut'));

/** Removed in another tab: it begins again with the number, which is kept. */
export const FactorGone: Story = {
  play: async (context) => {
    const backend = backendOf(context);
    await requestCode();
    await codeField();
    for (const { id } of backend.emulator.factors) await backend.deleteFactor(id);
    await enterCode('123456');
    await expect(await screen.findByText('This has ended in the meantime. Start again.')).toBeVisible();
    await expect((await phoneField()).value.replaceAll(/\D/g, '')).toMatch(/5005550006$/);
    await expectReady('Send code');
  },
};
