import type { Meta, StoryObj } from '@storybook/react-vite';
import { PhoneField, type PhoneFieldProps, type PhoneFieldValue, useMfaMessages } from 'mfa-kit';
import { useState } from 'react';
import { expect, fn, screen, userEvent, waitFor } from 'storybook/test';

import { SAMPLE_PHONE } from '../act.js';
import { Labelled } from '../labelled.js';

/** The field with what an app says of its verdicts. */
function Described({ onValueChange, ...args }: PhoneFieldProps) {
  const { phone } = useMfaMessages();
  const [verdict, setVerdict] = useState<PhoneFieldValue>();
  const error = verdict?.reason && phone.reasons[verdict.reason];
  return (
    <Labelled
      id="phone"
      label="Phone number"
      hint="We will send a code to it."
      {...(typeof error === 'string' && { error })}
    >
      <PhoneField
        id="phone"
        aria-describedby={error ? 'phone-hint phone-error' : 'phone-hint'}
        aria-invalid={error ? true : undefined}
        {...args}
        onValueChange={(value) => {
          setVerdict(value);
          onValueChange?.(value);
        }}
      />
    </Labelled>
  );
}

const meta = {
  title: 'Fields/PhoneField',
  component: PhoneField,
  args: { defaultCountry: 'GB', onValueChange: fn(), onCountryChange: fn() },
  render: (args) => <Described {...args} />,
} satisfies Meta<typeof PhoneField>;

export default meta;
type Story = StoryObj<typeof meta>;

const field = () => screen.getByRole<HTMLInputElement>('textbox');
const list = () => screen.getByRole<HTMLSelectElement>('combobox');
/** Once the engine has come, of which the calling code beside the country tells. */
const ready = (code = '+44') => screen.findByText(code, { selector: '.mfa-phone-code' });

/** Types a number and goes on. */
async function enter(text: string) {
  await ready();
  await userEvent.type(field(), text);
  await userEvent.tab();
}

export const Empty: Story = { play: () => ready().then(() => undefined) };

export const Focused: Story = {
  play: async () => {
    await ready();
    field().focus();
    await expect(field()).toHaveFocus();
  },
};

export const ListFocused: Story = {
  play: async () => {
    await ready();
    list().focus();
    await waitFor(() => expect(list().length).toBeGreaterThan(200));
  },
};

/** Groups come while the number is typed, and no verdict yet. */
export const PartTyped: Story = {
  play: async ({ args }) => {
    await ready();
    await userEvent.type(field(), '074001234');
    await waitFor(() => expect(field()).toHaveValue('07400 1234'));
    await expect(args.onValueChange).not.toHaveBeenCalled();
  },
};

export const NationalNumber: Story = {
  play: async ({ args }) => {
    await enter('07400123456');
    await expect(field()).toHaveValue('07400 123456');
    await waitFor(() =>
      expect(args.onValueChange).toHaveBeenCalledWith({ country: 'GB', e164: '+447400123456' }),
    );
  },
};

/** A calling code wins over the country that was chosen. */
export const InternationalNumber: Story = {
  play: async ({ args }) => {
    await enter('+33 6 12 34 56 78');
    await waitFor(() =>
      expect(args.onValueChange).toHaveBeenCalledWith({ country: 'FR', e164: '+33612345678' }),
    );
    await expect(list()).toHaveValue('FR');
  },
};

/** What is dialled for abroad becomes the plus that it stands for. */
export const DialledAbroad: Story = {
  play: async () => {
    await enter('0033612345678');
    await waitFor(() => expect(field()).toHaveValue('+33 6 12 34 56 78'));
    await expect(list()).toHaveValue('FR');
  },
};

export const PastedWithALabel: Story = {
  play: async () => {
    await ready();
    field().focus();
    await userEvent.paste('Mobile: +44 (0)7400-123456 ext. 12');
    await expect(field()).toHaveValue('+44 7400 123456');
  },
};

/** Changing the country keeps the number and takes up its groups. */
export const OtherCountry: Story = {
  play: async () => {
    await ready();
    await userEvent.type(field(), '0612345678');
    list().focus();
    await waitFor(() => expect(list().length).toBeGreaterThan(200));
    await userEvent.selectOptions(list(), 'FR');
    await waitFor(() => expect(field()).toHaveValue('06 12 34 56 78'));
  },
};

/** Leaves the field with a number that is not taken, and waits for the reason. */
const refused = (text: string, reason: string): Story => ({
  play: async ({ args }) => {
    await enter(text);
    await waitFor(() => expect(args.onValueChange).toHaveBeenCalledWith({ country: 'GB', reason }));
    await expect(field()).toBeInvalid();
  },
});

export const TooShort: Story = refused('07400 123', 'too_short');
export const TooLong: Story = refused('07400 1234567', 'too_long');
export const NotMobile: Story = refused('020 7946 0018', 'not_mobile');
export const NoSuchCountry: Story = refused('+999 123456', 'invalid_country');
export const NoNumber: Story = refused('call me', 'invalid');
export const CountryNotAllowed: Story = {
  ...refused('+33612345678', 'country_not_allowed'),
  args: { countries: ['GB', 'IE'] },
};

export const OneCountry: Story = { args: { countries: ['GB'] }, play: () => ready().then(() => undefined) };

export const SampleNumber: Story = {
  args: { testNumbers: [SAMPLE_PHONE] },
  play: async ({ args }) => {
    await enter(SAMPLE_PHONE);
    await waitFor(() =>
      expect(args.onValueChange).toHaveBeenCalledWith({ country: 'US', e164: SAMPLE_PHONE }),
    );
  },
};

export const ReadOnly: Story = { args: { defaultValue: '07400 123456', readOnly: true } };
export const Disabled: Story = { args: { defaultValue: '07400 123456', disabled: true } };

export const RightToLeft: Story = {
  args: { defaultValue: '07400 123456' },
  globals: { dir: 'rtl' },
  play: () => ready().then(() => undefined),
};

export const Narrow: Story = {
  args: { defaultValue: '+44 7400 123456' },
  decorators: [
    (Story) => (
      <div className="narrow">
        <Story />
      </div>
    ),
  ],
  play: async () => {
    await ready();
    await expect(field().scrollWidth).toBeLessThanOrEqual(field().clientWidth);
  },
};
