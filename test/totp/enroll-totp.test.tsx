import { screen, waitFor } from '@testing-library/react';
import { EnrollTotp } from 'mfa-kit';
import { createTestBackend } from 'mfa-kit/testing';
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

describe('“Open authenticator app”', () => {
  it('leads to the key that is shown', async () => {
    renderMfa(<EnrollTotp />);
    const link = await screen.findByRole('link', { name: 'Open authenticator app' });
    const key = screen.getByRole('group', { name: 'Setup key' }).querySelector('code')?.textContent ?? '?';
    expect(link).toHaveAttribute('href', expect.stringMatching(`^otpauth://totp/.*secret=${key}`));
  });

  it.each(['javascript:alert(1)', 'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP', ''])(
    'is not there for %j',
    async (uri) => {
      const backend = createTestBackend();
      backend.faults.next('POST /factors', {
        kind: 'tampered',
        change: (body) => {
          const factor = body as { totp: object };
          return { ...factor, totp: { ...factor.totp, uri } };
        },
      });
      renderMfa(<EnrollTotp />, { backend });
      await codeField();
      expect(screen.queryByRole('link')).toBeNull();
    },
  );
});
