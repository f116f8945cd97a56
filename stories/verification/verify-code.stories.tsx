import type { Meta, StoryObj } from '@storybook/react-vite';
import { VerifyCode } from 'mfa-kit';
import { expect, fn, screen } from 'storybook/test';

import { backendOf, CHALLENGE, codeField, enterCode, expectFocus, press } from '../act.js';
import { isBeingChecked, isBeingTyped, isTooShort } from '../code-problems.js';
import { factorsOf, type Method, renderWithFactors, withFactors } from './with-factors.js';

const meta = {
  title: 'Verification/VerifyCode',
  component: VerifyCode,
  args: { factors: [], onVerified: fn(), onCancel: fn() },
  render: renderWithFactors,
} satisfies Meta<typeof VerifyCode>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Nothing else can be chosen where it is the only one. */
export const AuthenticatorApp: Story = {
  beforeEach: withFactors(['app']),
  play: async () => {
    await expectFocus(await codeField());
    await expect(
      screen.getByText(/^Open your authenticator app and enter the code it shows for/),
    ).toBeVisible();
    await expect(screen.queryByRole('group', { name: 'Other ways to verify' })).toBeNull();
    await expect(screen.queryByRole('button', { name: /Send a new code/ })).toBeNull();
  },
};

export const TextMessage: Story = {
  beforeEach: withFactors(['phone']),
  play: async (context) => {
    await expect(await codeField()).toBeVisible();
    await expect(screen.getByText('•••• 0006')).toBeVisible();
    await expect(backendOf(context).requests(CHALLENGE)).toHaveLength(2); // one of them when it was set up
  },
};

/** Held for as long as somebody looks: after 15 s without an answer it is given up. */
const preparing = (method: Method, says: RegExp): Story => ({
  beforeEach: async (context) => {
    await withFactors([method])(context);
    backendOf(context).faults.always(CHALLENGE, { kind: 'hang' });
  },
  play: async () => {
    await expect(await screen.findByText('Getting your code ready…')).toBeVisible();
    await expect(screen.getByText(says)).toBeVisible();
    await expect(screen.queryByLabelText('One-time code')).toBeNull();
  },
});

export const Preparing: Story = preparing('phone', /^Sending a code to/);
export const PreparingForApp: Story = preparing('app', /^Open your authenticator app/);

export const Typing: Story = {
  beforeEach: withFactors(['app']),
  play: (context) => isBeingTyped(backendOf(context)),
};

export const TooShort: Story = {
  beforeEach: withFactors(['app']),
  play: (context) => isTooShort(backendOf(context)),
};

export const Submitting: Story = {
  beforeEach: withFactors(['app']),
  play: (context) => isBeingChecked(backendOf(context)),
};

export const WithCancel: Story = {
  beforeEach: withFactors(['app']),
  play: async (context) => {
    await codeField();
    await press('Cancel');
    await expect(context.args.onCancel).toHaveBeenCalledTimes(1);
  },
};

export const WithoutCancel: Story = {
  beforeEach: withFactors(['app']),
  render: (_, context) => <VerifyCode factors={factorsOf(context)} />,
  play: async () => {
    await codeField();
    await expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  },
};

export const Done: Story = {
  beforeEach: withFactors(['app']),
  play: async (context) => {
    await codeField();
    await enterCode(backendOf(context).currentCode());
    await expect(await screen.findByText('Verified.')).toBeVisible();
    await expect(screen.queryByLabelText('One-time code')).toBeNull();
    await expect(context.args.onVerified).toHaveBeenCalledTimes(1);
  },
};
