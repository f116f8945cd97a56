import type { Meta, StoryObj } from '@storybook/react-vite';
import { EnrollTotp } from 'mfa-kit';
import { createTestBackend } from 'mfa-kit/testing';
import { expect, fn, screen, spyOn } from 'storybook/test';

import { backendOf, codeField, ENROLL, press } from '../act.js';

const meta = {
  title: 'Enrolment/EnrollTotp/QR code and key',
  component: EnrollTotp,
  tags: ['!autodocs'],
  args: { onCancel: fn() },
} satisfies Meta<typeof EnrollTotp>;

export default meta;
type Story = StoryObj<typeof meta>;

const SECRET = /^[A-Z2-7]{32}$/;

/** The app's server sends something else in place of one field. */
const sending =
  (field: 'qr_code' | 'uri', value: string): NonNullable<Story['beforeEach']> =>
  (context) => {
    backendOf(context).faults.always(ENROLL, {
      kind: 'tampered',
      change: (body) => {
        const factor = body as { totp: object }; // the handler's own answer
        return { ...factor, totp: { ...factor.totp, [field]: value } };
      },
    });
  };

/** The key does what the picture would have done. */
async function expectKeyOnly() {
  await expect(
    await screen.findByText('The QR code cannot be shown here. Enter the key below in your app instead.'),
  ).toBeVisible();
  await expect(screen.queryByRole('img')).toBeNull();
  await expect(screen.getByRole('group', { name: 'Setup key' })).toBeVisible();
  await expect(await codeField()).toBeVisible();
}

/** A picture from elsewhere could be anybody's, and would tell them who looks. */
export const QrCodeRefused: Story = {
  beforeEach: sending('qr_code', 'https://elsewhere.example/qr.png'),
  play: expectKeyOnly,
};

/** Other kinds of pictures than PNG can hold more than a picture. */
export const QrCodeOfAnotherKind: Story = {
  beforeEach: sending(
    'qr_code',
    `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')}`,
  ),
  play: expectKeyOnly,
};

/** It begins as a PNG does, and ends there. */
export const QrCodeCorrupt: Story = {
  beforeEach: sending('qr_code', 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA'),
  play: expectKeyOnly,
};

/** A link that would open something else than an authenticator app, or add another key, is none. */
export const NoOpenAppLink: Story = {
  beforeEach: sending('uri', 'https://elsewhere.example/add'),
  play: async () => {
    await expect(await screen.findByRole('img')).toBeVisible();
    await expect(screen.queryByRole('link')).toBeNull();
  },
};

// The device's clipboard stands in for the browser's in the two that follow: whether that one may be written to depends
// on how the browser was started, and a story should not replace what the person looking at it has copied.

export const KeyCopied: Story = {
  play: async () => {
    const write = spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await press('Copy key');
    await expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
    await expect(write).toHaveBeenCalledWith(expect.stringMatching(SECRET));
  },
};

/** Refused as a browser does without permission: the key is selected instead, ready to be copied by hand. */
export const ClipboardRefused: Story = {
  play: async () => {
    spyOn(navigator.clipboard, 'writeText').mockRejectedValue(
      new DOMException('Write permission denied.', 'NotAllowedError'),
    );
    await press('Copy key');
    await expect(await screen.findByText(/^Your browser did not allow copying\./)).toBeVisible();
    await expect(getSelection()?.toString()).toMatch(SECRET);
    await expect(screen.queryByRole('button', { name: 'Copied' })).toBeNull();
  },
};

/** Cut to 64 characters each, which is as much as anybody reads. */
export const LongIssuerAndUser: Story = {
  loaders: [
    () => ({
      backend: createTestBackend({
        issuer: 'The Amalgamated Credit, Savings and Benevolent Union of the Greater Metropolitan Area',
        user: {
          id: 'user_wilhelmina',
          label: 'wilhelmina.featherstonehaugh-cholmondeley@accounts-receivable.department.example.com',
        },
      }),
    }),
  ],
  play: async () => {
    await expect(
      await screen.findByText(/^The Amalgamated Credit.{41}… \(wilhelmina\.featherstonehaugh.{35}…\)$/),
    ).toBeVisible();
  },
};

/** A name is text, whatever it holds: no markup, and nothing that turns the direction of what follows. */
export const HostileIssuer: Story = {
  loaders: [
    () => ({
      backend: createTestBackend({
        issuer: '<img src=x onerror="alert(1)"> \u202Eknab\u202C <b>Bank</b>\u200B',
      }),
    }),
  ],
  play: async () => {
    await expect(
      await screen.findByText('<img src=x onerror="alert(1)"> knab <b>Bank</b> (ada@example.com)'),
    ).toBeVisible();
    await expect(screen.getAllByRole('img')).toHaveLength(1);
  },
};
