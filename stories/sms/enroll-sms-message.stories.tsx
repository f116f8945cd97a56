import type { Meta, StoryObj } from '@storybook/react-vite';
import { EnrollSms } from 'mfa-kit';
import type { TestBackend } from 'mfa-kit/testing';
import { expect, fn, screen } from 'storybook/test';

import { backendOf, ENROLL, expectFocus, expectInert, expectReady, passTime, SAMPLE_PHONE } from '../act.js';
import { type FailureName, FAILURES } from '../failures.js';
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
import { enterNumber, phoneField, requestCode } from './request-code.js';

const meta = {
  title: 'Enrolment/EnrollSms/The text message',
  component: EnrollSms,
  tags: ['!autodocs'],
  args: { defaultCountry: 'US', testNumbers: [SAMPLE_PHONE], onCancel: fn() },
} satisfies Meta<typeof EnrollSms>;

export default meta;
type Story = StoryObj<typeof meta>;

/** It stays on the form, with the number kept. */
const cannotBeSent = (failure: FailureName): Story => ({
  play: async (context) => {
    FAILURES[failure].befall(backendOf(context), ENROLL);
    await enterNumber('2015550123{Enter}');
    await expect(await screen.findByText(FAILURES[failure].says)).toBeVisible();
    await expect(await phoneField()).toHaveValue('(201) 555-0123');
    await expectFocus(await phoneField());
    if (failure === 'tooOften') await expectInert(/^Try again in 0:(30|2\d)$/);
    else await expectReady('Send code');
  },
});

export const Offline: Story = cannotBeSent('offline');
export const Unreachable: Story = cannotBeSent('unreachable');
export const TooOften: Story = cannotBeSent('tooOften');
export const ServerError: Story = cannotBeSent('serverError');
export const BadAnswer: Story = cannotBeSent('badAnswer');
export const SignedOut: Story = cannotBeSent('signedOut');
export const Forbidden: Story = cannotBeSent('forbidden');

/** The wait that the server asked for is over. */
export const WaitOver: Story = {
  play: async (context) => {
    await TooOften.play?.(context);
    passTime(30_000);
    await expectReady('Send code');
    await expect(await phoneField()).toHaveValue('(201) 555-0123');
  },
};

const onceSent = (act: (backend: TestBackend) => Promise<void>): Story => ({
  play: async (context) => {
    await requestCode();
    await act(backendOf(context));
  },
});

export const CoolingDown: Story = onceSent(coolsDown);
export const ResendReady: Story = onceSent(canBeSentAgain);
export const SendingAgain: Story = onceSent(isBeingSentAgain);
export const SentAgain: Story = onceSent(isSentAgain);
export const ResendRefused: Story = onceSent(isRefusedAgain);
export const ResendOffline: Story = onceSent(cannotBeSentAgain('offline'));
export const LastMinute: Story = onceSent(isInItsLastMinute);
export const Expired: Story = onceSent(hasExpired);
