import { userEvent } from 'vitest/browser';
import { render, screen } from '@testing-library/react';
import { EnrollSms, MfaProvider, PhoneField } from 'mfa-kit';
import { createTestBackend } from 'mfa-kit/testing';
import { expect, it, vi } from 'vitest';

it('sends a code to the number that is shown, and to no other', async () => {
  const backend = createTestBackend();
  render(
    <MfaProvider backend={backend}>
      <EnrollSms defaultCountry="US" />
    </MfaProvider>,
  );
  const phone = await screen.findByRole('textbox', { name: 'Phone number' });
  await userEvent.click(phone);
  await userEvent.keyboard('2133734253{Enter}{Control>}a{/Control}6465550123');
  await vi.waitFor(() => expect(backend.emulator.inbox).toHaveLength(1));
  expect(backend.emulator.inbox[0]?.to).toBe('+12133734253');
  expect(phone.isConnected ? (phone as HTMLInputElement).value.replace(/\D/g, '') : '2133734253').toBe(
    '2133734253',
  );
});

it('offers a country of the list, also when the list comes later', async () => {
  const { rerender } = render(<PhoneField aria-label="Phone" defaultCountry="US" />);
  rerender(<PhoneField aria-label="Phone" defaultCountry="US" countries={['fr']} />);
  expect(await screen.findByText('+33')).toBeVisible();
  rerender(<PhoneField aria-label="Phone" defaultCountry="US" countries={['FR', 'GB']} />);
  await userEvent.click(screen.getByRole('textbox'));
  await vi.waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(2));
});

it.each(['gb', 'UK', 'XX', '419', ''])('stands with %j for a country', async (country) => {
  render(<PhoneField aria-label="Phone" defaultCountry={country} />);
  await userEvent.click(screen.getByRole('textbox'));
  await userEvent.keyboard('+447400123456');
  await vi.waitFor(() => expect(screen.getByRole('textbox')).toHaveValue('+44 7400 123456'));
});

it('keeps a calling code that was typed when the browser fills in another country', async () => {
  const heard = vi.fn<(value: unknown) => void>();
  render(<PhoneField aria-label="Phone" defaultCountry="GB" onValueChange={heard} />);
  const phone = screen.getByRole('textbox');
  const list = screen.getByRole<HTMLSelectElement>('combobox');
  await userEvent.click(phone);
  await userEvent.keyboard('+447812345678');
  await vi.waitFor(() => expect(list.length).toBeGreaterThan(200));
  await userEvent.tab();
  list.value = 'US';
  list.dispatchEvent(new Event('change', { bubbles: true }));
  await vi.waitFor(() => expect(heard).toHaveBeenCalledWith({ country: 'GB', e164: '+447812345678' }));
  expect(phone).toHaveValue('+44 7812 345678');
  expect(list).toHaveValue('GB');
  expect(heard).not.toHaveBeenCalledWith(expect.objectContaining({ country: 'US' }));
});
