import type { Meta, StoryObj } from '@storybook/react-vite';
import { CodeInput } from 'mfa-kit';
import { expect, screen, userEvent } from 'storybook/test';

const meta = {
  title: 'Fields/CodeInput',
  component: CodeInput,
  args: { 'aria-label': 'One-time code' },
} satisfies Meta<typeof CodeInput>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Empty: Story = {};
export const Filled: Story = { args: { defaultValue: '123456' } };
export const EightDigits: Story = { args: { length: 8, defaultValue: '12345678' } };
export const FourDigits: Story = { args: { length: 4, defaultValue: '12' } };
export const Invalid: Story = { args: { defaultValue: '123456', 'aria-invalid': true } };
export const ReadOnly: Story = { args: { defaultValue: '123456', readOnly: true } };
export const Disabled: Story = { args: { defaultValue: '123456', disabled: true } };

export const ChosenDigit: Story = {
  args: { defaultValue: '123456' },
  play: async () => {
    const field = screen.getByRole<HTMLInputElement>('textbox');
    field.focus();
    await userEvent.keyboard('{Home}{ArrowRight}');
    await expect([field.selectionStart, field.selectionEnd]).toEqual([1, 2]);
  },
};
