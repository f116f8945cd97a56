import type { Meta, StoryObj } from '@storybook/react-vite';
import { CodeInput, type CodeInputProps } from 'mfa-kit';
import { useState } from 'react';
import { expect, fn, screen, userEvent, waitFor } from 'storybook/test';

import { Labelled } from '../labelled.js';

const meta = {
  title: 'Fields/CodeInput',
  component: CodeInput,
  args: { onValueChange: fn(), onComplete: fn() },
  render: (args) => (
    <Labelled
      id="code"
      label="One-time code"
      hint="Enter the digits that your authenticator app shows."
      {...(args['aria-invalid'] && { error: 'That code is not right. Check it and try again.' })}
    >
      <CodeInput
        id="code"
        aria-describedby={args['aria-invalid'] ? 'code-hint code-error' : 'code-hint'}
        {...args}
      />
    </Labelled>
  ),
} satisfies Meta<typeof CodeInput>;

export default meta;
type Story = StoryObj<typeof meta>;

const field = () => screen.getByRole<HTMLInputElement>('textbox');
const selected = () => [field().selectionStart, field().selectionEnd];

export const Empty: Story = {};

export const Focused: Story = {
  play: async () => {
    field().focus();
    await expect(field()).toHaveFocus();
  },
};

export const PartTyped: Story = {
  play: async ({ args }) => {
    await userEvent.type(field(), '123');
    await expect(args.onValueChange).toHaveBeenLastCalledWith('123');
    await expect(args.onComplete).not.toHaveBeenCalled();
  },
};

export const Complete: Story = {
  play: async ({ args }) => {
    await userEvent.type(field(), '123456');
    await expect(args.onComplete).toHaveBeenLastCalledWith('123456');
  },
};

export const PastedSentence: Story = {
  play: async ({ args }) => {
    field().focus();
    await userEvent.paste('Your 2FA code is 123 456. It is valid for 10 minutes.');
    await expect(field()).toHaveValue('123456');
    await expect(args.onComplete).toHaveBeenLastCalledWith('123456');
  },
};

export const Filled: Story = { args: { defaultValue: '123456' } };

export const ChosenDigit: Story = {
  args: { defaultValue: '123456' },
  play: async () => {
    field().focus();
    await userEvent.keyboard('{Home}{ArrowRight}');
    await expect(selected()).toEqual([1, 2]);
  },
};

export const SeveralChosen: Story = {
  args: { defaultValue: '123456' },
  play: async () => {
    field().focus();
    field().setSelectionRange(1, 4);
    await waitFor(() => expect(document.querySelectorAll('[data-selected]')).toHaveLength(3));
  },
};

export const Invalid: Story = { args: { defaultValue: '123456', 'aria-invalid': true } };

export const InvalidAndSelected: Story = {
  args: { defaultValue: '123456', 'aria-invalid': true },
  play: async () => {
    field().focus();
    field().select();
    await waitFor(() => expect(document.querySelectorAll('[data-selected]')).toHaveLength(6));
  },
};

export const ReadOnly: Story = { args: { defaultValue: '123456', readOnly: true } };
export const Disabled: Story = { args: { defaultValue: '123456', disabled: true } };

export const FourDigits: Story = { args: { length: 4, defaultValue: '12' } };
export const EightDigits: Story = { args: { length: 8, defaultValue: '12345678' } };
export const TenDigits: Story = { args: { length: 10, defaultValue: '1234567890' } };

export const RightToLeft: Story = {
  args: { defaultValue: '1234' },
  globals: { dir: 'rtl' },
  play: async () => {
    const [first, second] = document.querySelectorAll('.mfa-code-slot');
    await expect(first?.getBoundingClientRect().left).toBeLessThan(second?.getBoundingClientRect().left ?? 0);
  },
};

/** As wide as a phone of 320 px leaves it. */
export const Narrow: Story = {
  args: { defaultValue: '12345678', length: 8 },
  decorators: [
    (Story) => (
      <div className="narrow">
        <Story />
      </div>
    ),
  ],
  play: async () => {
    const last = document.querySelector('.mfa-code-slot:last-child')?.getBoundingClientRect();
    const room = document.querySelector('.narrow')?.getBoundingClientRect();
    await expect(last?.right).toBeLessThanOrEqual(room?.right ?? 0);
  },
};

function Controlled(args: CodeInputProps) {
  const [code, setCode] = useState('');
  return (
    <>
      <Labelled id="code" label="One-time code">
        <CodeInput id="code" {...args} value={code} onValueChange={setCode} />
      </Labelled>
      <button type="button" onClick={() => setCode('')}>
        Clear
      </button>
    </>
  );
}

/** The app keeps the value. Emptied by it, the field starts over: the same code completes again. */
export const KeptByTheApp: Story = {
  render: (args) => <Controlled {...args} />,
  play: async ({ args }) => {
    await userEvent.type(field(), '123456');
    await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
    await expect(field()).toHaveValue('');
    await userEvent.type(field(), '123456');
    await expect(args.onComplete).toHaveBeenCalledTimes(2);
  },
};
