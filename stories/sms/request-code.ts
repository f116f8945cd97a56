import { expect, screen, userEvent, waitFor } from 'storybook/test';

import { codeField, SAMPLE_PHONE } from '../act.js';

/** The field for the number, once numbers are understood, of which the calling code beside the country tells. */
export async function phoneField(): Promise<HTMLInputElement> {
  await waitFor(() => expect(document.querySelector('.mfa-phone-code')).toHaveTextContent(/^\+\d+$/));
  return screen.getByLabelText<HTMLInputElement>('Phone number');
}

/** Types into the field for the number; `{Enter}` and its like are keys. */
export async function enterNumber(keys: string): Promise<void> {
  await userEvent.type(await phoneField(), keys);
}

/** Has a code sent, and arrives where it is entered. */
export async function requestCode(): Promise<void> {
  await enterNumber(`${SAMPLE_PHONE}{Enter}`);
  await codeField();
}
