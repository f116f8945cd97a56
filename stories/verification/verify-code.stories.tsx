import type { Meta, StoryObj } from '@storybook/react-vite';
import { type AuthenticationFactor, VerifyCode } from 'mfa-kit';
import type { TestBackend } from 'mfa-kit/testing';
import { expect, screen, userEvent } from 'storybook/test';

import { enrolledFactor, wrongCode } from '../act.js';

const VERIFY = 'POST /challenges/:id/verify';

interface Loaded {
  backend: TestBackend;
  factors: AuthenticationFactor[];
}

const meta = {
  title: 'Verification/VerifyCode',
  component: VerifyCode,
  args: { factors: [], onCancel: () => {} },
  render: (args, { loaded }) => <VerifyCode onCancel={args.onCancel} factors={(loaded as Loaded).factors} />,
} satisfies Meta<typeof VerifyCode>;

export default meta;
type Story = StoryObj<typeof meta>;

const withFactors =
  (...types: ('totp' | 'sms')[]): NonNullable<Story['beforeEach']> =>
  async ({ loaded }) => {
    const { backend } = loaded as Loaded;
    loaded.factors = [];
    for (const type of types) loaded.factors.push(await enrolledFactor(backend, type));
  };
const field = () => screen.findByLabelText('One-time code');

export const AuthenticatorApp: Story = {
  beforeEach: withFactors('totp'),
  play: async () => {
    await expect(await field()).toBeVisible();
  },
};

export const TextMessage: Story = {
  beforeEach: withFactors('sms'),
  play: async () => {
    await expect(await screen.findByText('•••• 0006')).toBeVisible();
  },
};

export const SeveralFactors: Story = {
  beforeEach: withFactors('totp', 'sms'),
  play: async () => {
    await expect(await screen.findByRole('group', { name: 'Other ways to verify' })).toBeVisible();
  },
};

export const Typing: Story = {
  beforeEach: withFactors('totp'),
  play: async () => {
    await userEvent.type(await field(), '123');
    await expect(await field()).toHaveValue('123');
  },
};

export const WrongCode: Story = {
  beforeEach: withFactors('sms'),
  play: async ({ loaded }) => {
    const { backend, factors } = loaded as Loaded;
    await userEvent.type(await field(), wrongCode(backend.currentCode(factors[0]?.id)));
    await expect(await screen.findByText(/That code is not right/)).toBeVisible();
  },
};

export const Expired: Story = {
  beforeEach: withFactors('sms'),
  play: async ({ loaded }) => {
    const { backend, factors } = loaded as Loaded;
    const input = await field();
    backend.emulator.expireChallenges();
    await userEvent.type(input, backend.currentCode(factors[0]?.id));
    await expect(await screen.findByText(/This code has expired/)).toBeVisible();
  },
};

export const Locked: Story = {
  beforeEach: withFactors('totp'),
  play: async ({ loaded }) => {
    (loaded as Loaded).backend.faults.always(VERIFY, {
      kind: 'answer',
      status: 429,
      body: { code: 'rate_limit_exceeded', retry_after: 900 },
    });
    await userEvent.type(await field(), '123456');
    await expect(await screen.findByText(/Too many tries\. You can go on in 15:00/)).toBeInTheDocument();
  },
};

export const Offline: Story = {
  beforeEach: withFactors('totp'),
  play: async ({ loaded }) => {
    (loaded as Loaded).backend.faults.always(VERIFY, { kind: 'unreachable' });
    await userEvent.type(await field(), '123456');
    await expect(await screen.findByText(/The connection failed/)).toBeVisible();
  },
};

export const NothingToVerifyWith: Story = {
  beforeEach: withFactors(),
  play: async () => {
    await expect(await screen.findByText(/There is no way to verify set up/)).toBeVisible();
  },
};

export const Done: Story = {
  beforeEach: withFactors('totp'),
  play: async ({ loaded }) => {
    const { backend, factors } = loaded as Loaded;
    await userEvent.type(await field(), backend.currentCode(factors[0]?.id));
    await expect(await screen.findByText('Verified.')).toBeVisible();
  },
};
