import type { Meta, StoryObj } from '@storybook/react-vite';
import { PhoneField } from 'mfa-kit';
import { expect, fn, screen, userEvent, waitFor } from 'storybook/test';

const meta = {
  title: 'Fields/PhoneField',
  component: PhoneField,
  args: { 'aria-label': 'Phone number', defaultCountry: 'GB', onValueChange: fn() },
} satisfies Meta<typeof PhoneField>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Empty: Story = {};
export const OneCountry: Story = { args: { countries: ['GB'] } };
export const Invalid: Story = { args: { defaultValue: '0740', 'aria-invalid': true } };
export const Disabled: Story = { args: { defaultValue: '07400 123456', disabled: true } };

export const InternationalNumber: Story = {
  play: async ({ args }) => {
    await userEvent.type(screen.getByRole('textbox'), '+33 6 12 34 56 78');
    await userEvent.tab();
    await waitFor(() =>
      expect(args.onValueChange).toHaveBeenCalledWith({ country: 'FR', e164: '+33612345678' }),
    );
    await waitFor(() => expect(screen.getByRole('combobox')).toHaveValue('FR'));
  },
};
