import type { Meta, StoryObj } from '@storybook/react-vite';
import { FactorList } from 'mfa-kit';
import { expect, fn, screen, waitFor, within } from 'storybook/test';

import { backendOf, OTHER_SAMPLE_PHONE, press } from '../act.js';
import { LIST, own, tellOf } from './owned-factors.js';

const meta = {
  title: 'Factors/FactorList',
  component: FactorList,
  args: { onRemoved: fn(), onError: fn() },
} satisfies Meta<typeof FactorList>;

export default meta;
type Story = StoryObj<typeof meta>;

const list = () => screen.findByRole('list', { name: 'Your ways to verify' });

export const SeveralFactors: Story = {
  args: { onAdd: fn() },
  beforeEach: (context) =>
    own(
      backendOf(context),
      { type: 'totp', days: 800 },
      { type: 'sms', days: 40 },
      { type: 'sms', days: 3, phoneNumber: OTHER_SAMPLE_PHONE },
    ),
  play: async () => {
    const rows = within(await list()).getAllByRole('listitem');
    await expect(rows).toHaveLength(3);
    await expect(rows[0]).toHaveTextContent(
      'Authenticator appExample App (ada@example.com)ActiveAdded 2 years',
    );
    await expect(rows[2]).toHaveTextContent('•••• 5555');
  },
};

export const OneFactor: Story = {
  beforeEach: (context) => own(backendOf(context), { type: 'totp', days: 1 }),
  play: async () => {
    await expect(await screen.findByText('1 day ago')).toBeVisible();
    await expect(screen.queryByRole('button', { name: 'Add a way to verify' })).toBeNull();
  },
};

export const Loading: Story = {
  beforeEach: (context) => backendOf(context).faults.always(LIST, { kind: 'hang' }),
  play: async () => {
    await expect(await screen.findByText('Loading your ways to verify…')).toBeInTheDocument();
  },
};

/** Another list is on its way, and this one stands until it has come. */
export const Reloading: Story = {
  beforeEach: (context) => own(backendOf(context), { type: 'totp', days: 40 }, { type: 'sms', days: 3 }),
  play: async (context) => {
    await list();
    const { faults, requests, stepUp } = backendOf(context);
    await stepUp();
    const before = requests(LIST).length;
    faults.always(LIST, { kind: 'hang' });
    await press(/^Remove Text message/);
    await press('Remove');
    await waitFor(() => expect(requests(LIST)).toHaveLength(before + 1));
    await expect(within(await list()).getAllByRole('listitem')).toHaveLength(1);
  },
};

export const Pending: Story = {
  args: { onAdd: fn() },
  beforeEach: (context) =>
    own(backendOf(context), { type: 'sms', isPending: true }, { type: 'totp', days: 40 }),
  play: async () => {
    const pending = await screen.findByRole('list', { name: 'Not finished' });
    await expect(within(pending).getByRole('listitem')).toHaveTextContent('Started 10 minutes ago');
    await expect(within(await list()).getAllByRole('listitem')).toHaveLength(1);
  },
};

export const OnlyPending: Story = {
  args: { onAdd: fn() },
  beforeEach: (context) => own(backendOf(context), { type: 'totp', isPending: true }),
  play: async () => {
    await expect(await screen.findByText(/No way to verify is set up yet/)).toBeVisible();
    await expect(screen.getByRole('list', { name: 'Not finished' })).toBeVisible();
  },
};

/** Whatever it is, it is shown, and nothing here can break it. */
export const UnknownType: Story = {
  beforeEach: async (context) => {
    const backend = backendOf(context);
    await own(backend, { type: 'totp', days: 40 }, { type: 'totp', days: 3 });
    tellOf(backend, undefined, { type: 'retina_scan' });
  },
  play: async () => {
    const rows = within(await list()).getAllByRole('listitem');
    await expect(rows[1]).toHaveTextContent('Another way to verify');
    await expect(screen.getAllByRole('button')).toHaveLength(1);
  },
};

/** WorkOS has types that cannot be enrolled here. */
export const OtherTypes: Story = {
  beforeEach: async (context) => {
    const backend = backendOf(context);
    await own(backend, { type: 'totp', days: 400 }, { type: 'totp', days: 40 }, { type: 'totp', days: 3 });
    tellOf(backend, { type: 'webauthn' }, { type: 'generic_otp' }, undefined);
  },
  play: async () => {
    await expect(await screen.findByText('Passkey or security key')).toBeVisible();
    await expect(screen.getByText('One-time codes')).toBeVisible();
  },
};

/** A proxy that keeps no record of what is verified, and sends no dates. */
export const LittleKnown: Story = {
  beforeEach: async (context) => {
    const backend = backendOf(context);
    await own(backend, { type: 'totp', days: 3 }, { type: 'sms', days: 3 });
    const bare = { status: undefined, created_at: undefined };
    tellOf(backend, { ...bare, totp: {} }, { ...bare, sms: {} });
  },
  play: async () => {
    await expect(within(await list()).getAllByRole('listitem')).toHaveLength(2);
    await expect(screen.queryByText('Active')).toBeNull();
  },
};

export const Empty: Story = {
  play: async () => {
    await expect(await screen.findByText(/No way to verify is set up yet/)).toBeVisible();
    await expect(screen.queryByRole('button')).toBeNull();
  },
};

export const EmptyWithAdd: Story = {
  args: { onAdd: fn() },
  play: async ({ args }) => {
    await screen.findByText(/No way to verify is set up yet/);
    await press('Add a way to verify');
    await expect(args.onAdd).toHaveBeenCalledOnce();
  },
};

export const LongIssuerAndUser: Story = {
  beforeEach: async (context) => {
    const backend = backendOf(context);
    await own(backend, { type: 'totp', days: 40 }, { type: 'sms', days: 3 });
    tellOf(backend, {
      totp: {
        issuer: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
        user: 'a.very.long.mailbox.name.that.somebody.really.has@subdomain.of.an.example.com',
      },
    });
  },
  play: async () => {
    const label = await screen.findByText(/^Donau/);
    await expect(label.textContent).toHaveLength(64);
    const [row] = within(await list()).getAllByRole('listitem');
    await expect(row?.scrollWidth).toBeLessThanOrEqual(row?.clientWidth ?? 0);
  },
};

/** Markup stays text, and no label turns the direction of what stands beside it. */
export const HostileLabels: Story = {
  beforeEach: async (context) => {
    const backend = backendOf(context);
    await own(backend, { type: 'totp', days: 400 }, { type: 'totp', days: 40 }, { type: 'totp', days: 3 });
    tellOf(
      backend,
      { totp: { issuer: '<img src=x onerror=alert(1)>', user: '{factor} {time} &amp;' } },
      { totp: { issuer: '\u202Eppa elpmaxE\u202C', user: 'עדה@example.com' } },
      { totp: { issuer: 'بنك المثال', user: '\u2066\u2067\u200F' } },
    );
  },
  play: async () => {
    await expect(await screen.findByText('<img src=x onerror=alert(1)>')).toBeVisible();
    await expect(document.querySelector('.mfa-factor-list img')).toBeNull();
    await expect(screen.getByText('ppa elpmaxE')).toBeVisible();
  },
};
