import { screen, waitFor } from '@testing-library/react';
import { EnrollTotp } from 'mfa-kit';
import { describe, expect, it, vi } from 'vitest';

import { renderMfa } from '../render-mfa.js';

const codeField = () => screen.findByLabelText<HTMLInputElement>('One-time code');

it('shows a QR code to scan and the key for those who cannot', async () => {
  const { backend } = renderMfa(<EnrollTotp />);
  expect(await screen.findByRole('img', { name: /scan/i })).toHaveAttribute(
    'src',
    expect.stringMatching(/^data:image\/png;base64,/),
  );
  expect(screen.getByRole('group', { name: 'Setup key' })).toHaveTextContent(/^[A-Z2-7]{32}/);
  expect(backend.emulator.factors).toHaveLength(1);
});

describe('One press, one request', () => {
  it('creates one factor under StrictMode', async () => {
    const { backend } = renderMfa(<EnrollTotp />);
    await codeField();
    expect(backend.requests('POST /factors')).toHaveLength(1);
  });

  it('verifies once when the last digit submits and Enter follows', async () => {
    const { backend, user } = renderMfa(<EnrollTotp />);
    await user.click(await codeField());
    await user.keyboard(`${backend.currentCode()}{Enter}`);
    expect(await screen.findByText('Your authenticator app is set up.')).toBeVisible();
    expect(backend.requests('POST /challenges/:id/verify')).toHaveLength(1);
  });
});

it('hands over the verified factor once, and lets the secret go', async () => {
  const onEnrolled = vi.fn<(factor: unknown) => void>();
  const { backend, user, container } = renderMfa(<EnrollTotp onEnrolled={onEnrolled} />);
  const key =
    (await screen.findByRole('group', { name: 'Setup key' })).querySelector('code')?.textContent ?? '?';
  await user.click(await codeField());
  await user.keyboard(backend.currentCode());
  await waitFor(() => expect(onEnrolled).toHaveBeenCalledTimes(1));
  expect(onEnrolled).toHaveBeenCalledWith(expect.objectContaining({ type: 'totp', status: 'verified' }));
  expect(container.innerHTML).not.toContain(key);
  expect(JSON.stringify(onEnrolled.mock.calls)).not.toContain(key);
});
