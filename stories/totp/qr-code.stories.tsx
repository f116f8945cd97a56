import type { Meta, StoryObj } from '@storybook/react-vite';
import { QrCode } from 'mfa-kit';
import { createTestBackend } from 'mfa-kit/testing';
import { expect, screen, waitFor } from 'storybook/test';

import { enrollSecret, secretOf } from './fresh-secret.js';

const ALT = 'QR code to scan with your authenticator app';
const FALLBACK = 'The QR code cannot be shown here. Enter the key in your app instead.';

const meta = {
  title: 'Fields/QrCode',
  component: QrCode,
  args: { src: '', alt: ALT, fallback: FALLBACK },
  beforeEach: enrollSecret,
  render: ({ src, ...args }, context) => <QrCode {...args} src={src || secretOf(context).qrCode} />,
} satisfies Meta<typeof QrCode>;

export default meta;
type Story = StoryObj<typeof meta>;

/** How many modules wide the picture is: one is 16 pixels of it. */
const modules = async () => {
  const picture = await screen.findByRole<HTMLImageElement>('img', { name: ALT });
  await waitFor(() => expect(picture.naturalWidth).toBeGreaterThan(0));
  return picture.naturalWidth / 16;
};

export const Picture: Story = {
  play: async () => {
    await expect(await modules()).toBeGreaterThan(30);
  },
};

/** White on a dark page, too: many scanners do not read a code that is inverted. */
export const OnADarkPage: Story = {
  globals: { theme: 'dark' },
  play: async () => {
    const picture = await screen.findByRole('img', { name: ALT });
    await expect(picture.parentElement).toHaveStyle({ backgroundColor: 'rgb(255, 255, 255)' });
  },
};

const of = (issuer: string, label: string): NonNullable<Story['loaders']> => [
  () => ({ backend: createTestBackend({ issuer, user: { id: 'user_ada', label } }) }),
];

export const SmallCode: Story = {
  loaders: of('A', 'b'),
  play: async () => {
    await expect(await modules()).toBeLessThan(38);
  },
};

/** The more it says, the smaller its modules: the plate stays as large as it is. */
export const LargeCode: Story = {
  loaders: of(
    'The Amalgamated Credit, Savings and Benevolent Union of the Greater Metropolitan Area',
    'wilhelmina.featherstonehaugh-cholmondeley@accounts-receivable.department.example.com',
  ),
  play: async () => {
    await expect(await modules()).toBeGreaterThan(60);
  },
};

const unavailable: Story['play'] = async () => {
  await expect(await screen.findByText(FALLBACK)).toBeVisible();
  await expect(screen.queryByRole('img')).toBeNull();
};

/** Nothing is loaded from anywhere. */
export const FromElsewhere: Story = {
  args: { src: 'https://elsewhere.example/qr.png' },
  play: unavailable,
};

/** It begins as a PNG does, and ends there. */
export const Broken: Story = {
  args: { src: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA' },
  play: unavailable,
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
    const picture = await screen.findByRole('img', { name: ALT });
    const { width } = picture.getBoundingClientRect();
    await expect(width).toBeGreaterThanOrEqual(190);
  },
};
