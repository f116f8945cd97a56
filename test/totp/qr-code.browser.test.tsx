import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from 'vitest/browser';
import { QrCode, SecretKey } from 'mfa-kit';
import { createTestBackend } from 'mfa-kit/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';

import '../../src/styles/index.css';

const enroll = async () => {
  const { totp } = await createTestBackend().enrollFactor({ type: 'totp' });
  if (!totp) throw new Error('No secret.');
  return totp;
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the QR code', () => {
  it('is at least 200 px wide, on white, with a quiet zone of four modules', async () => {
    const { qrCode } = await enroll();
    document.documentElement.style.colorScheme = 'dark';
    const { container } = render(<QrCode src={qrCode} alt="Scan me" />);
    const image = screen.getByRole('img', { name: 'Scan me' });
    await waitFor(() => expect((image as HTMLImageElement).naturalWidth).toBeGreaterThan(0));
    const plate = container.querySelector('.mfa-qr-code')!;
    const [inner, outer] = [image.getBoundingClientRect(), plate.getBoundingClientRect()];
    expect(inner.width).toBeGreaterThanOrEqual(200);
    expect(Math.abs(inner.width - inner.height)).toBeLessThan(1);
    // The smallest code that holds a key has 29 modules.
    expect((inner.left - outer.left) / inner.width).toBeGreaterThanOrEqual(4 / 29);
    expect(getComputedStyle(plate).backgroundColor).toBe('rgb(255, 255, 255)');
    document.documentElement.style.colorScheme = '';
  });

  it('is drawn on a canvas where the page’s policy refuses the picture', async () => {
    const { qrCode } = await enroll();
    render(<QrCode src={qrCode} alt="Scan me" />);
    fireEvent.error(screen.getByRole('img'));
    const canvas = await screen.findByRole<HTMLCanvasElement>('img', { name: 'Scan me' });
    await waitFor(() => expect(canvas.width).toBeGreaterThanOrEqual(200));
    const pixels = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
    expect(pixels.some((value, index) => index % 4 === 0 && value === 0)).toBe(true);
  });

  it('makes way for a sentence when the picture is broken', async () => {
    render(<QrCode src="data:image/png;base64,iVBORw0KGgo=" alt="Scan me" fallback="Use the key." />);
    expect(await screen.findByText('Use the key.')).toBeVisible();
    expect(screen.queryByRole('img')).toBeNull();
  });
});

describe('the key', () => {
  it('is copied without spaces', async () => {
    const { secret } = await enroll();
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    render(<SecretKey secret={secret} />);
    await userEvent.click(screen.getByRole('button', { name: 'Copy key' }));
    expect(write).toHaveBeenCalledWith(secret);
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
    expect(screen.getByRole('status')).toHaveTextContent('Copied');
  });

  it('is selected, and the person told, when the clipboard is refused', async () => {
    const { secret } = await enroll();
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('No', 'NotAllowedError'));
    render(<SecretKey secret={secret} />);
    await userEvent.click(screen.getByRole('button', { name: 'Copy key' }));
    expect(await screen.findByText(/The key is selected: copy it yourself/)).toBeVisible();
    expect(getSelection()?.toString()).toBe(secret); // in one piece: apps refuse a key with line breaks
  });
});
