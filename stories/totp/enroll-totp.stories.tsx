import type { Meta, StoryObj } from '@storybook/react-vite';
import { EnrollTotp } from 'mfa-kit';
import type { TestBackend } from 'mfa-kit/testing';
import { expect, screen, userEvent, waitFor } from 'storybook/test';

import { wrongCode } from '../act.js';

const meta = {
  title: 'Enrolment/EnrollTotp',
  component: EnrollTotp,
  args: { onCancel: () => {} },
} satisfies Meta<typeof EnrollTotp>;

export default meta;
type Story = StoryObj<typeof meta>;

const backendOf = (loaded: Record<string, unknown>) => loaded.backend as TestBackend;
const field = () => screen.findByLabelText('One-time code');

export const Ready: Story = {
  play: async () => {
    await expect(await screen.findByRole('img', { name: /scan/i })).toBeVisible();
  },
};

export const Starting: Story = {
  beforeEach: ({ loaded }) => {
    backendOf(loaded).faults.always('POST /factors', { kind: 'hang' });
  },
  play: async () => {
    await expect(await screen.findByText('Preparing your QR code…')).toBeInTheDocument();
  },
};

export const CouldNotStart: Story = {
  beforeEach: ({ loaded }) => {
    backendOf(loaded).faults.always('POST /factors', { kind: 'unreachable' });
  },
  play: async () => {
    await expect(await screen.findByText(/The connection failed/)).toBeVisible();
  },
};

export const QrCodeRefused: Story = {
  beforeEach: ({ loaded }) => {
    backendOf(loaded).faults.always('POST /factors', {
      kind: 'tampered',
      change: (body) => {
        const factor = body as { totp: object };
        return { ...factor, totp: { ...factor.totp, qr_code: 'https://elsewhere.example/qr.png' } };
      },
    });
  },
  play: async () => {
    await expect(await screen.findByText(/The QR code cannot be shown here/)).toBeVisible();
  },
};

export const WrongCode: Story = {
  play: async ({ loaded }) => {
    await userEvent.type(await field(), wrongCode(backendOf(loaded).currentCode()));
    await expect(await screen.findByText(/That code is not right\./)).toBeVisible();
  },
};

export const WrongCodeTwice: Story = {
  play: async ({ loaded }) => {
    const input = await field();
    const right = backendOf(loaded).currentCode();
    await userEvent.type(input, wrongCode(right));
    await screen.findByText(/That code is not right\./);
    await userEvent.keyboard(wrongCode(right, '2'));
    await expect(await screen.findByText(/your phone sets its time automatically/)).toBeVisible();
  },
};

export const Done: Story = {
  play: async ({ loaded }) => {
    await userEvent.type(await field(), backendOf(loaded).currentCode());
    await waitFor(() => expect(screen.getByText('Your authenticator app is set up.')).toBeVisible());
  },
};
