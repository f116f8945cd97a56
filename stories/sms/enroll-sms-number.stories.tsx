import type { Meta, StoryObj } from '@storybook/react-vite';
import { EnrollSms } from 'mfa-kit';
import { expect, fn, screen } from 'storybook/test';

import { backendOf, ENROLL, expectFocus, expectReady, SAMPLE_PHONE } from '../act.js';
import { enterNumber, phoneField } from './request-code.js';

const meta = {
  title: 'Enrolment/EnrollSms/When the number will not do',
  component: EnrollSms,
  tags: ['!autodocs'],
  args: { defaultCountry: 'US', testNumbers: [SAMPLE_PHONE], onCancel: fn() },
} satisfies Meta<typeof EnrollSms>;

export default meta;
type Story = StoryObj<typeof meta>;

/** The number stays where it is, with the reason beside it. */
async function expectRefused(shown: string, says: string) {
  await expect(await screen.findByText((text) => text.startsWith(says))).toBeVisible();
  const field = await phoneField();
  await expect(field).toHaveValue(shown);
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(expect.stringContaining(says));
  await expectFocus(field);
  await expectReady('Send code');
}

/**
 * @param shown What the field makes of what is typed.
 * @param example What ends the number that is shown for comparison.
 */
const refusing = (typed: string, shown: string, says: string, example = '555-0123'): Story => ({
  play: async (context) => {
    await enterNumber(`${typed}{Enter}`);
    await expectRefused(shown, says);
    await expect(await phoneField()).toHaveAccessibleDescription(expect.stringContaining(example));
    await expect(backendOf(context).requests()).toHaveLength(0);
  },
});

export const NothingEntered: Story = refusing('', '', 'Enter your mobile phone number.');
export const TooShort: Story = refusing('201555', '(201) 555', 'This number is too short.');
export const TooLong: Story = refusing('20155501234', '20155501234', 'This number is too long.');
export const NotMobile: Story = refusing(
  '8002345678',
  '(800) 234-5678',
  'This number cannot receive text messages. Enter a mobile number.',
);
export const UnknownCallingCode: Story = refusing(
  '+999123456',
  '+999123456',
  'No country has this calling code. Check the digits after the +.',
);

/** WorkOS's sample numbers are in no numbering plan: an app takes them only where it lists them. */
export const SampleNumberNotListed: Story = {
  ...refusing(
    SAMPLE_PHONE,
    '+1 500 555 0006',
    'This number cannot receive text messages. Enter a mobile number.',
  ),
  args: { testNumbers: [] },
};

export const CountryNotAllowed: Story = {
  ...refusing(
    '+12015550123',
    '+1 201 555 0123',
    'We cannot send text messages to this country. Use a number of another one.',
    '', // of this country none would do
  ),
  args: { defaultCountry: 'GB', countries: ['FR', 'GB'] },
};

/** The server has the last word, whatever the number looks like from here. */
const refusedByServer = (code: string, says: string): Story => ({
  play: async (context) => {
    backendOf(context).faults.always(ENROLL, { kind: 'answer', status: 422, body: { code, message: 'No.' } });
    await enterNumber('2015550123{Enter}');
    await expectRefused('(201) 555-0123', says);
  },
});

export const RefusedByServer: Story = refusedByServer(
  'invalid_phone_number',
  'This number was not accepted. Check it and try again.',
);
export const NotSupportedByServer: Story = refusedByServer(
  'phone_not_supported',
  'We cannot send text messages to this number. Use another one.',
);
