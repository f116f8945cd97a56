import type { Meta, StoryObj } from '@storybook/react-vite';
import { VerifyCode } from 'mfa-kit';
import type { TestBackend } from 'mfa-kit/testing';
import { fn } from 'storybook/test';

import { backendOf } from '../act.js';
import {
  canBeSentAgain,
  cannotBeSentAgain,
  coolsDown,
  hasExpired,
  isBeingSentAgain,
  isInItsLastMinute,
  isRefusedAgain,
  isSentAgain,
} from '../text-messages.js';
import { renderWithFactors, withFactors } from './with-factors.js';

const meta = {
  title: 'Verification/VerifyCode/The text message',
  component: VerifyCode,
  tags: ['!autodocs'],
  args: { factors: [], onCancel: fn() },
  beforeEach: withFactors(['phone']),
  render: renderWithFactors,
} satisfies Meta<typeof VerifyCode>;

export default meta;
type Story = StoryObj<typeof meta>;

const onceSent = (act: (backend: TestBackend) => Promise<void>): Story => ({
  play: (context) => act(backendOf(context)),
});

export const CoolingDown: Story = onceSent(coolsDown);
export const ResendReady: Story = onceSent(canBeSentAgain);
export const SendingAgain: Story = onceSent(isBeingSentAgain);
export const SentAgain: Story = onceSent(isSentAgain);
export const ResendRefused: Story = onceSent(isRefusedAgain);
export const ResendOffline: Story = onceSent(cannotBeSentAgain('offline'));
export const ResendFailed: Story = onceSent(cannotBeSentAgain('serverError'));
export const LastMinute: Story = onceSent(isInItsLastMinute);
export const ExpiredByTime: Story = onceSent(hasExpired);
