import type { Meta, StoryObj } from '@storybook/react-vite';
import { EnrollTotp, MfaProvider } from 'mfa-kit';
import { createTestBackend } from 'mfa-kit/testing';
import { expect, screen } from 'storybook/test';

import { backendOf, codeField, enterCode, wrongCode } from '../act.js';

const meta = {
  title: 'Provider/MfaProvider',
  component: MfaProvider,
  args: { backend: createTestBackend() },
  render: (args, context) => (
    <MfaProvider {...args} backend={backendOf(context)}>
      <EnrollTotp onCancel={() => undefined} />
    </MfaProvider>
  ),
} satisfies Meta<typeof MfaProvider>;

export default meta;
type Story = StoryObj<typeof meta>;

export const EnglishByDefault: Story = {
  play: async () => {
    await expect(await screen.findByRole('heading', { name: 'Add an authenticator app' })).toBeVisible();
    await codeField();
  },
};

/** One sentence replaced: all others stay. */
export const OneWord: Story = {
  args: { messages: { code: { submit: 'Confirm' } } },
  play: async () => {
    await codeField();
    await expect(screen.getByRole('button', { name: 'Confirm' })).toBeVisible();
    await expect(screen.getByRole('button', { name: 'Cancel' })).toBeVisible();
  },
};

export const SeveralWords: Story = {
  args: {
    messages: {
      totp: {
        title: 'Protect your vault',
        scan: 'Point your authenticator app at this square.',
        enterCode: 'It shows six digits. Type them here.',
      },
      code: {
        submit: 'Protect my vault',
        wrong: 'Not that one. The digits change every half minute: take the newest.',
      },
      actions: { cancel: 'Not now' },
    },
  },
  play: async (context) => {
    await codeField();
    await expect(screen.getByRole('heading', { name: 'Protect your vault' })).toBeVisible();
    await expect(screen.getByRole('button', { name: 'Not now' })).toBeVisible();
    await enterCode(wrongCode(backendOf(context)));
    await expect(await screen.findByText(/^Not that one\./)).toBeVisible();
  },
};

/** The inner one has words and servers of its own: its factor is not the outer one's. */
export const AnotherProviderInside: Story = {
  beforeEach: ({ loaded }) => {
    loaded.inner = createTestBackend({ issuer: 'Inner App' });
  },
  render: (args, context) => (
    <MfaProvider {...args} backend={backendOf(context)} messages={{ totp: { title: 'The outer one' } }}>
      <EnrollTotp className="outer" />
      <hr />
      <MfaProvider backend={backendOf({ loaded: { backend: context.loaded.inner } })}>
        <EnrollTotp className="inner" />
      </MfaProvider>
    </MfaProvider>
  ),
  play: async (context) => {
    await expect(await screen.findByRole('img', { name: /for Example App$/ })).toBeVisible();
    await expect(await screen.findByRole('img', { name: /for Inner App$/ })).toBeVisible();
    await expect(screen.getByRole('heading', { name: 'The outer one' })).toBeVisible();
    await expect(screen.getByRole('heading', { name: 'Add an authenticator app' })).toBeVisible();
    await expect(backendOf(context).requests('POST /factors')).toHaveLength(1);
  },
};
