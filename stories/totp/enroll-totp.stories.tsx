import type { Meta, StoryObj } from '@storybook/react-vite';
import { EnrollTotp } from 'mfa-kit';
import { expect, fn, screen, waitFor } from 'storybook/test';

import { backendOf, codeField, ENROLL, enterCode, expectReady, press } from '../act.js';
import { isBeingChecked, isBeingTyped, isTooShort } from '../code-problems.js';

const meta = {
  title: 'Enrolment/EnrollTotp',
  component: EnrollTotp,
  args: { onEnrolled: fn(), onCancel: fn() },
} satisfies Meta<typeof EnrollTotp>;

export default meta;
type Story = StoryObj<typeof meta>;

const qrCode = () => screen.findByRole('img', { name: /^QR code to scan .* for Example App$/ });

/** Arriving leaves the focus where it is: what comes first is another device. */
export const Ready: Story = {
  play: async () => {
    await expect(await qrCode()).toBeVisible();
    await expect(await codeField()).not.toHaveFocus();
    await expect(screen.getByText('Example App (ada@example.com)')).toBeVisible();
  },
};

/** Held for as long as somebody looks: after 15 s without an answer it is given up. */
export const Starting: Story = {
  beforeEach: (context) => {
    backendOf(context).faults.always(ENROLL, { kind: 'hang' });
  },
  play: async () => {
    await expect(await screen.findByText('Preparing your QR code…')).toBeInTheDocument();
    await expect(screen.queryByRole('img')).toBeNull();
  },
};

/** A slow server: what was waited for comes by itself, and is asked for once. */
export const SlowStart: Story = {
  beforeEach: (context) => {
    const until = new Promise((resolve) => setTimeout(resolve, 500));
    backendOf(context).faults.next(ENROLL, { kind: 'held', until });
  },
  play: async (context) => {
    await screen.findByText('Preparing your QR code…');
    await expect(await qrCode()).toBeVisible();
    await expect(screen.queryByText('Preparing your QR code…')).toBeNull();
    await expect(backendOf(context).requests(ENROLL)).toHaveLength(1);
  },
};

export const Typing: Story = { play: (context) => isBeingTyped(backendOf(context)) };

export const TooShort: Story = { play: (context) => isTooShort(backendOf(context)) };

export const Submitting: Story = { play: (context) => isBeingChecked(backendOf(context)) };

/** The app keeps showing it after the person gave it up; nothing is left behind at the server. */
export const Cancelled: Story = {
  play: async (context) => {
    await qrCode();
    await press('Cancel');
    await expect(await screen.findByText(/^This was cancelled\./)).toBeVisible();
    await expectReady('Try again');
    await expect(screen.queryByLabelText('Setup key')).toBeNull();
    await expect(context.args.onCancel).toHaveBeenCalledTimes(1);
    await waitFor(() => expect(backendOf(context).emulator.factors).toHaveLength(0));
  },
};

export const WithoutCancel: Story = {
  render: ({ onEnrolled }) => <EnrollTotp onEnrolled={onEnrolled} />,
  play: async () => {
    await qrCode();
    await expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  },
};

/** The secret has left the screen. */
export const Done: Story = {
  play: async (context) => {
    await codeField();
    await enterCode(backendOf(context).currentCode());
    await expect(await screen.findByText('Your authenticator app is set up.')).toBeVisible();
    await expect(screen.queryByRole('img')).toBeNull();
    await expect(screen.queryByLabelText('Setup key')).toBeNull();
    await expect(context.args.onEnrolled).toHaveBeenCalledTimes(1);
  },
};
