import type { Meta, StoryObj } from '@storybook/react-vite';
import type { AuthenticationFactor } from 'mfa-kit';
import { expect, fn, screen, userEvent, waitFor } from 'storybook/test';

import { backendOf, enrolledFactor, press, wrongCode } from '../act.js';
import { OwnFactorList } from './own-factor-list.js';
import { OwnVerifyView } from './own-verify-view.js';

const onVerified = fn();

const meta = {
  title: 'Docs/Your own view/Examples',
  tags: ['!autodocs'],
  beforeEach: async (context) => {
    const backend = backendOf(context);
    context.loaded.factors = [await enrolledFactor(backend, 'totp'), await enrolledFactor(backend, 'sms')];
  },
} satisfies Meta;

export default meta;
type Story = StoryObj<typeof meta>;

const field = (source: string) => screen.findByLabelText<HTMLInputElement>(`Code from your ${source}`);

export const Verification: Story = {
  render: (_args, { loaded }) => (
    // What `beforeEach` put there; Storybook's type knows of none.
    <OwnVerifyView factors={loaded.factors as AuthenticationFactor[]} onVerified={onVerified} />
  ),
  play: async (context) => {
    const backend = backendOf(context);
    onVerified.mockClear();
    await userEvent.type(await field('authenticator app'), wrongCode(backend));
    await expect(await screen.findByText('That is not the code.')).toBeVisible();
    await press('Use your phone instead');
    await expect(await field('phone')).toHaveValue('');
    await expect(screen.getByText(/^Expires in/)).toBeVisible();
    await userEvent.type(await field('phone'), backend.currentCode());
    await expect(await screen.findByText('Welcome back.')).toBeVisible();
    await expect(onVerified).toHaveBeenCalledOnce();
  },
};

export const Factors: Story = {
  render: () => <OwnFactorList />,
  play: async (context) => {
    await backendOf(context).stepUp();
    await press('Remove Example App');
    await press('Yes, remove it');
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1));
    await expect(screen.getByText(/Phone •••• 0006/)).toBeVisible();
  },
};
