import type { Meta, StoryObj } from '@storybook/react-vite';
import { type AuthenticationFactor, EnrollSms, EnrollTotp, FactorList, VerifyCode } from 'mfa-kit';
import type { ReactNode } from 'react';
import { expect, screen, userEvent } from 'storybook/test';

import '@fontsource-variable/source-serif-4';
import { backendOf, codeField, enrolledFactor, enterCode, SAMPLE_PHONE, wrongCode } from '../act.js';
import { own } from '../factors/owned-factors.js';
import type { ThemeName } from './themes.js';
import { usePageTheme } from './use-page-theme.js';

function InTheme({ theme, children }: { theme: ThemeName; children: ReactNode }) {
  usePageTheme(theme);
  return children;
}

const meta = {
  title: 'Theming/Themes',
  tags: ['!autodocs'], // a page with all of them beside each other is Docs/Theming
  loaders: [
    // Text that changes its font moves what stands below it.
    async () => void (await document.fonts.load("1rem 'Source Serif 4 Variable'")),
  ],
} satisfies Meta;

export default meta;
type Story = StoryObj<typeof meta>;

const nowhere = () => undefined;

const app = (theme: ThemeName): Story => ({
  render: () => (
    <InTheme theme={theme}>
      <EnrollTotp onCancel={nowhere} />
    </InTheme>
  ),
  play: async () => {
    await expect(await screen.findByRole('img', { name: /scan/i })).toBeVisible();
  },
});

const phone = (theme: ThemeName): Story => ({
  render: () => (
    <InTheme theme={theme}>
      <EnrollSms onCancel={nowhere} defaultCountry="US" testNumbers={[SAMPLE_PHONE]} />
    </InTheme>
  ),
  play: async () => {
    await userEvent.type(await screen.findByLabelText('Phone number'), '(800) 234-5678{Enter}');
    await expect(await screen.findByText(/This number cannot receive text messages/)).toBeVisible();
  },
});

const verification = (theme: ThemeName): Story => ({
  beforeEach: async (context) => {
    const backend = backendOf(context);
    context.loaded.factors = [await enrolledFactor(backend, 'sms'), await enrolledFactor(backend, 'totp')];
  },
  render: (_args, { loaded }) => (
    <InTheme theme={theme}>
      {/* As `beforeEach` left them; Storybook's type knows of none. */}
      <VerifyCode factors={loaded.factors as AuthenticationFactor[]} onCancel={nowhere} />
    </InTheme>
  ),
  play: async (context) => {
    await codeField();
    await enterCode(wrongCode(backendOf(context)));
    await expect(await screen.findByText(/That code is not right/)).toBeVisible();
  },
});

const factors = (theme: ThemeName): Story => ({
  beforeEach: (context) =>
    own(
      backendOf(context),
      { type: 'totp', days: 40 },
      { type: 'sms', days: 3 },
      { type: 'totp', isPending: true },
    ),
  render: () => (
    <InTheme theme={theme}>
      <FactorList onAdd={nowhere} />
    </InTheme>
  ),
  play: async () => {
    await expect(await screen.findByText('Not finished')).toBeVisible();
  },
});

export const BrandSerifApp: Story = app('brand-serif');
export const BrandSerifPhone: Story = phone('brand-serif');
export const BrandSerifVerification: Story = verification('brand-serif');
export const BrandSerifFactors: Story = factors('brand-serif');

export const HighContrastApp: Story = app('high-contrast');
export const HighContrastPhone: Story = phone('high-contrast');
export const HighContrastVerification: Story = verification('high-contrast');
export const HighContrastFactors: Story = factors('high-contrast');

export const CompactApp: Story = app('compact');
export const CompactPhone: Story = phone('compact');
export const CompactVerification: Story = verification('compact');
export const CompactFactors: Story = factors('compact');

export const ShadcnApp: Story = app('shadcn');
export const ShadcnPhone: Story = phone('shadcn');
export const ShadcnVerification: Story = verification('shadcn');
export const ShadcnFactors: Story = factors('shadcn');
