import type { Meta, StoryObj } from '@storybook/react-vite';
import { SecretKey } from 'mfa-kit';
import { expect, screen, spyOn } from 'storybook/test';

import { press } from '../act.js';
import { enrollSecret, secretOf } from './fresh-secret.js';

const meta = {
  title: 'Fields/SecretKey',
  component: SecretKey,
  args: { secret: '' },
  beforeEach: enrollSecret,
  render: ({ secret, ...args }, context) => (
    <SecretKey {...args} role="group" aria-label="Setup key" secret={secret || secretOf(context).secret} />
  ),
} satisfies Meta<typeof SecretKey>;

export default meta;
type Story = StoryObj<typeof meta>;

const key = () => screen.getByRole('group', { name: 'Setup key' });

/** In groups of four, as people read it out and type it. */
export const Ready: Story = {
  play: async (context) => {
    const { secret } = secretOf(context);
    await expect(secret).toHaveLength(32);
    await expect(key()).toHaveTextContent(secret);
    await expect(key().querySelectorAll('.mfa-secret-group')).toHaveLength(8);
  },
};

export const Copied: Story = {
  play: async (context) => {
    const write = spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await press('Copy key');
    await expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
    await expect(write).toHaveBeenCalledWith(secretOf(context).secret);
  },
};

/** Refused as a browser does without permission: the key is selected instead. */
export const ClipboardRefused: Story = {
  play: async (context) => {
    spyOn(navigator.clipboard, 'writeText').mockRejectedValue(
      new DOMException('Write permission denied.', 'NotAllowedError'),
    );
    await press('Copy key');
    await expect(await screen.findByText(/^Your browser did not allow copying\./)).toBeVisible();
    await expect(getSelection()?.toString()).toBe(secretOf(context).secret);
  },
};

/** What stands below makes way where copying failed. */
export const WithItsAccount: Story = {
  args: { children: 'Account: Example App (ada@example.com)' },
  play: async () => {
    await expect(screen.getByText(/^Account: /)).toBeVisible();
  },
};

/** 64 bytes, which some servers give (RFC 6238 with SHA-512). */
export const LongKey: Story = {
  args: { secret: 'KRUGS4ZANFZSAYJAORSXG5BAONSWG4TFOQQG6ZRAONUXQ5DZFVTG65LSEBRHS5DF'.padEnd(103, 'A') },
  play: async () => {
    await expect(key().querySelectorAll('.mfa-secret-group')).toHaveLength(26);
  },
};

export const Narrow: Story = {
  decorators: [
    (Story) => (
      <div className="narrow">
        <Story />
      </div>
    ),
  ],
  play: async () => {
    await expect(key().scrollWidth).toBeLessThanOrEqual(key().clientWidth);
  },
};
