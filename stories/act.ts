import type { AuthenticationFactor } from 'mfa-kit';
import type { TestBackend } from 'mfa-kit/testing';
import { expect, screen, userEvent, waitFor } from 'storybook/test';

import { moveDeviceClock } from './device-clock.js';

/** A number WorkOS keeps for tests. */
export const SAMPLE_PHONE = '+15005550006';
/** The other one. */
export const OTHER_SAMPLE_PHONE = '+15555555555';

export const ENROLL = 'POST /factors';
export const CHALLENGE = 'POST /factors/:id/challenge';
export const VERIFY = 'POST /challenges/:id/verify';

/** The servers a story has to itself. */
export function backendOf({ loaded }: { loaded: Record<string, unknown> }): TestBackend {
  return loaded.backend as TestBackend; // what the preview's loader put there; Storybook's type knows of none
}

/** Enrols and confirms a factor by the backend, as its owner did some other day. */
export async function enrolledFactor(
  backend: TestBackend,
  type: 'totp' | 'sms',
  phoneNumber = SAMPLE_PHONE,
): Promise<AuthenticationFactor> {
  const factor = await backend.ownFactor(type === 'totp' ? { type } : { type, phoneNumber });
  const listed = (await backend.listFactors()).find(({ id }) => id === factor.id);
  if (!listed) throw new Error('The factor was not enrolled.');
  return listed;
}

/** A code that is not right: `usual`, the same in each run so that it can be compared, but for one in a million. */
export const wrongCode = (backend: TestBackend, usual = '123456') =>
  backend.currentCode() === usual ? '000000' : usual;

/** The field for the code, once it takes one: it stands there before, and waits. */
export function codeField(): Promise<HTMLInputElement> {
  return waitFor(() => {
    const field = screen.getByLabelText<HTMLInputElement>('One-time code');
    if (!field.matches(':read-write') || field.closest('[inert]')) throw new Error('It takes no code yet.');
    return field;
  });
}

/** Types into the field for the code; `{Enter}` and its like are keys. */
export async function enterCode(keys: string): Promise<void> {
  await userEvent.type(await codeField(), keys);
}

/** Presses the button of that name. */
export async function press(name: string | RegExp): Promise<void> {
  await userEvent.click(await screen.findByRole('button', { name }));
}

/** It has the focus, or gets it once what it stands in has arrived. */
export async function expectFocus(element: HTMLElement): Promise<void> {
  await waitFor(() => expect(element).toHaveFocus());
}

/** It does nothing for now, and says so to screen readers. */
export async function expectInert(name: string | RegExp): Promise<void> {
  await expect(await screen.findByRole('button', { name })).toHaveAttribute('aria-disabled', 'true');
}

/** Nothing of that name does something when pressed. */
export async function expectNotOffered(name: string): Promise<void> {
  for (const button of screen.queryAllByRole('button', { name })) {
    await expect(button).toHaveAttribute('aria-disabled', 'true');
  }
}

/** It does something when pressed. */
export async function expectReady(name: string | RegExp): Promise<void> {
  const button = await screen.findByRole('button', { name });
  await waitFor(() => expect(button).not.toHaveAttribute('aria-disabled', 'true'));
}

/** Lets time pass, as while the person was in another window: what counts down looks again when they come back. */
export function passTime(milliseconds: number): void {
  moveDeviceClock(milliseconds);
  dispatchEvent(new Event('focus'));
}
