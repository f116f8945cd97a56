import type { Meta, StoryObj } from '@storybook/react-vite';
import { type AuthenticationChallenge, VerifyCode } from 'mfa-kit';
import { createTestBackend } from 'mfa-kit/testing';
import { expect, fn, screen, waitFor, within } from 'storybook/test';

import { backendOf, codeField, expectFocus, press } from '../act.js';
import { factorsOf, renderWithFactors, typesOnly, withFactors } from './with-factors.js';

const meta = {
  title: 'Verification/VerifyCode/Which factor',
  component: VerifyCode,
  tags: ['!autodocs'],
  args: { factors: [], onCancel: fn() },
  render: renderWithFactors,
} satisfies Meta<typeof VerifyCode>;

export default meta;
type Story = StoryObj<typeof meta>;

const otherWays = async () => within(await screen.findByRole('group', { name: 'Other ways to verify' }));
const smsTo = (lastDigits: string) => new RegExp(`^Text message to .*${lastDigits}$`);

/** An authenticator app is asked for first: it costs nobody anything, and works without a network. */
export const SeveralFactors: Story = {
  beforeEach: withFactors(['phone', 'app']),
  play: async (context) => {
    await codeField();
    await expect(screen.getByText(/^Open your authenticator app/)).toBeVisible();
    await expect((await otherWays()).getByRole('button', { name: smsTo('0 0 0 6') })).toBeVisible();
    await expect(backendOf(context).emulator.inbox).toHaveLength(1); // the one of the day it was set up
  },
};

export const SwitchedToTextMessage: Story = {
  beforeEach: withFactors(['app', 'phone']),
  play: async (context) => {
    await codeField();
    await press(smsTo('0 0 0 6'));
    await waitFor(() => expect(screen.getByText(/^We sent a code to/)).toBeVisible());
    await expect(await codeField()).toHaveValue('');
    await expectFocus(await codeField());
    await expect(screen.queryByText(/^Open your authenticator app/)).toBeNull();
    await expect((await otherWays()).getByRole('button', { name: 'Authenticator app' })).toBeVisible();
    await expect(backendOf(context).emulator.inbox).toHaveLength(2);
  },
};

export const ThreeFactors: Story = {
  beforeEach: withFactors(['app', 'phone', 'other phone']),
  play: async () => {
    const ways = await otherWays();
    await expect(ways.getAllByRole('button')).toHaveLength(2);
    await expect(ways.getByRole('button', { name: smsTo('5 5 5 5') })).toBeVisible();
  },
};

const PASSKEY = { object: 'authentication_factor', id: 'auth_factor_01PASSKEY', type: 'passkey' };

/** One of a type that is newer than this kit is left out, and costs nothing else. */
export const UnknownFactorType: Story = {
  beforeEach: withFactors(['app'], (listed) => [{ ...PASSKEY, status: 'verified' }, ...listed]),
  play: async (context) => {
    await expect(await codeField()).toBeVisible();
    await expect(factorsOf(context)).toHaveLength(2);
    await expect(screen.queryByRole('group', { name: 'Other ways to verify' })).toBeNull();
  },
};

const expectNoWay: Story['play'] = async () => {
  await expect(
    await screen.findByText(
      'There is no way to verify set up for you yet. Add one in your security settings first.',
    ),
  ).toBeVisible();
  await expect(screen.queryByLabelText('One-time code')).toBeNull();
};

export const OnlyUnknownFactorTypes: Story = {
  beforeEach: withFactors([], () => [{ ...PASSKEY, status: 'verified' }]),
  play: expectNoWay,
};

export const NothingToVerifyWith: Story = { beforeEach: withFactors([]), play: expectNoWay };

/** One that nobody has confirmed proves nothing, and is not offered. */
export const PendingFactorLeftOut: Story = {
  beforeEach: async (context) => {
    await backendOf(context).enrollFactor({ type: 'totp' });
    await withFactors(['phone'])(context);
  },
  play: async (context) => {
    await codeField();
    await expect(screen.getByText(/^We sent a code to/)).toBeVisible();
    await expect(factorsOf(context).map(({ status }) => status)).toEqual(['verified', 'pending']);
    await expect(screen.queryByRole('group', { name: 'Other ways to verify' })).toBeNull();
  },
};

const challengeOf = ({ loaded }: { loaded: Record<string, unknown> }) =>
  loaded.challenge as AuthenticationChallenge; // from the story's own `beforeEach`

/** The app has started the challenge itself, and said nothing of the factor. */
export const GivenChallenge: Story = {
  beforeEach: async (context) => {
    await withFactors(['phone'])(context);
    const [factor] = factorsOf(context);
    context.loaded.challenge = await backendOf(context).challengeFactor(factor?.id ?? '');
  },
  render: ({ onCancel }, context) => <VerifyCode challenge={challengeOf(context)} onCancel={onCancel} />,
  play: async (context) => {
    await codeField();
    await expect(screen.getByText('We sent a code to your phone.')).toBeVisible();
    await expect(backendOf(context).emulator.inbox).toHaveLength(2); // when it was set up, and by the app
  },
};

/** The same with its factor, so that the screen can tell where to look. */
export const GivenChallengeAndFactor: Story = {
  ...GivenChallenge,
  render: ({ onCancel }, context) => (
    <VerifyCode challenge={challengeOf(context)} factor={factorsOf(context)[0]} onCancel={onCancel} />
  ),
  play: async () => {
    await codeField();
    await expect(screen.getByText('•••• 0006')).toBeVisible();
  },
};

export const AppWithoutIssuer: Story = {
  beforeEach: withFactors(['app'], typesOnly),
  play: async () => {
    await codeField();
    await expect(screen.getByText('Open your authenticator app and enter the code it shows.')).toBeVisible();
  },
};

export const PhoneWithoutNumber: Story = {
  beforeEach: withFactors(['phone'], typesOnly),
  play: async () => {
    await codeField();
    await expect(screen.getByText('We sent a code to your phone.')).toBeVisible();
  },
};

export const PhoneWithoutNumberToChoose: Story = {
  beforeEach: withFactors(['app', 'phone'], typesOnly),
  play: async () => {
    const [way] = (await otherWays()).getAllByRole('button');
    await expect(way).toHaveAccessibleName('One-time code'); // no sentence with a hole in it
  },
};

/** Cut to 64 characters, which is as much as anybody reads. */
export const LongIssuer: Story = {
  loaders: [
    () => ({
      backend: createTestBackend({
        issuer: 'The Amalgamated Credit, Savings and Benevolent Union of the Greater Metropolitan Area',
      }),
    }),
  ],
  beforeEach: withFactors(['app']),
  play: async () => {
    await codeField();
    await expect(screen.getByText(/^The Amalgamated Credit.{41}…$/)).toBeVisible();
  },
};
