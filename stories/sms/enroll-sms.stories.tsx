import type { Meta, StoryObj } from '@storybook/react-vite';
import { EnrollSms } from 'mfa-kit';
import { expect, fn, screen, waitFor } from 'storybook/test';

import {
  backendOf,
  codeField,
  ENROLL,
  enterCode,
  expectFocus,
  expectInert,
  expectReady,
  press,
  SAMPLE_PHONE,
} from '../act.js';
import { isBeingChecked, isBeingTyped, isTooShort } from '../code-problems.js';
import { enterNumber, phoneField, requestCode } from './request-code.js';

const meta = {
  title: 'Enrolment/EnrollSms',
  component: EnrollSms,
  args: { defaultCountry: 'US', testNumbers: [SAMPLE_PHONE], onEnrolled: fn(), onCancel: fn() },
} satisfies Meta<typeof EnrollSms>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Ready: Story = {
  play: async () => {
    await expect(await phoneField()).toBeVisible();
    await expect(screen.getByRole('combobox', { name: 'Country or region' })).toHaveDisplayValue(
      /United States/,
    );
    await expectReady('Send code');
  },
};

/** Where one country alone is allowed there is nothing to choose. */
export const OneCountry: Story = {
  args: { countries: ['DE'], defaultCountry: 'DE', testNumbers: [] },
  play: async () => {
    await expect(await phoneField()).toBeVisible();
    await expect(screen.getByText('+49')).toBeVisible();
    await expect(screen.queryByRole('combobox')).toBeNull();
  },
};

export const FewCountries: Story = {
  args: { countries: ['AT', 'CH', 'DE'], defaultCountry: 'AT', testNumbers: [] },
  play: async () => {
    await phoneField();
    const list = screen.getByRole<HTMLSelectElement>('combobox');
    list.focus();
    await waitFor(() => expect(list).toHaveLength(3));
    await expect(list).toHaveDisplayValue(/Austria/);
  },
};

/** Grouped as people write it, and not called a mistake before it is whole. */
export const Typing: Story = {
  play: async () => {
    await enterNumber('201555');
    const field = await phoneField();
    await waitFor(() => expect(field).toHaveValue('(201) 555'));
    await expect(field).not.toHaveAttribute('aria-invalid');
  },
};

/** Held for as long as somebody looks: after 15 s without an answer it is given up. */
export const Sending: Story = {
  play: async (context) => {
    const backend = backendOf(context);
    backend.faults.always(ENROLL, { kind: 'hang' });
    await enterNumber('2015550123{Enter}');
    await expectInert('Sending…');
    await expect(await phoneField()).toHaveValue('(201) 555-0123');
    await press('Sending…');
    await expect(backend.requests(ENROLL)).toHaveLength(1);
  },
};

/** Where the code goes is named by its last digits, read out one by one. */
export const CodeSent: Story = {
  play: async (context) => {
    await requestCode();
    await expect(screen.getByText('•••• 0006')).toBeVisible();
    await expect(screen.getByText('number ending in 0 0 0 6')).toBeInTheDocument();
    await expectFocus(await codeField());
    await expect(backendOf(context).emulator.inbox).toHaveLength(1);
  },
};

export const TypingTheCode: Story = {
  play: async (context) => {
    await requestCode();
    await isBeingTyped(backendOf(context));
  },
};

export const CodeTooShort: Story = {
  play: async (context) => {
    await requestCode();
    await isTooShort(backendOf(context));
  },
};

export const SubmittingTheCode: Story = {
  play: async (context) => {
    await requestCode();
    await isBeingChecked(backendOf(context));
  },
};

/** Back on the form, with what was entered. */
export const ChangedNumber: Story = {
  play: async () => {
    await requestCode();
    await press('Change number');
    const field = await phoneField();
    await expect(field.value.replaceAll(/\D/g, '')).toMatch(/5005550006$/);
    await expectFocus(field);
    await expect(screen.queryByLabelText('One-time code')).toBeNull();
  },
};

/** The app keeps showing it after the person gave it up; nothing is left behind at the server. */
export const Cancelled: Story = {
  play: async (context) => {
    await requestCode();
    await press('Cancel');
    await expect(await screen.findByText(/^This was cancelled\./)).toBeVisible();
    await expectReady('Try again');
    await expect(context.args.onCancel).toHaveBeenCalledTimes(1);
    await waitFor(() => expect(backendOf(context).emulator.factors).toHaveLength(0));
  },
};

export const WithoutCancel: Story = {
  render: ({ onCancel: _onCancel, ...args }) => <EnrollSms {...args} />,
  play: async () => {
    await phoneField();
    await expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  },
};

export const Done: Story = {
  play: async (context) => {
    await requestCode();
    await enterCode(backendOf(context).currentCode());
    await expect(await screen.findByText('Your phone is set up.')).toBeVisible();
    await expect(screen.queryByText('•••• 0006')).toBeNull();
    await expect(context.args.onEnrolled).toHaveBeenCalledTimes(1);
  },
};
