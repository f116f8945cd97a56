import { screen, waitFor } from '@testing-library/react';
import { VerifyCode } from 'mfa-kit';
import { createTestBackend } from 'mfa-kit/testing';
import { afterEach, expect, it, vi } from 'vitest';

import { renderMfa } from '../render-mfa.js';

interface Asked {
  signal: AbortSignal;
  answer: (code: string) => void;
}

/** A browser with the Web OTP API: `asked` are the requests for a message, oldest first. */
function withWebOtp() {
  const asked: Asked[] = [];
  vi.stubGlobal('OTPCredential', Object);
  const credentials = {
    get: ({ signal }: { signal: AbortSignal }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
        asked.push({ signal, answer: (code) => resolve({ code }) });
      }),
  };
  Object.defineProperty(navigator, 'credentials', { configurable: true, value: credentials });
  return asked;
}

afterEach(() => {
  Reflect.deleteProperty(navigator, 'credentials');
  vi.unstubAllGlobals();
});

async function renderSms() {
  const backend = createTestBackend();
  const factor = await backend.ownFactor({ type: 'sms', phoneNumber: '+15005550006' });
  const view = renderMfa(<VerifyCode factor={factor} />, { backend });
  await screen.findByLabelText('One-time code');
  return { ...view, factor };
}

it('reads the code out of the message where the browser can, and submits it once', async () => {
  const asked = withWebOtp();
  const { backend, factor } = await renderSms();
  await waitFor(() => expect(asked.some(({ signal }) => !signal.aborted)).toBe(true));
  for (const { answer } of asked) answer(backend.currentCode(factor.id));
  expect(await screen.findByText('Verified.')).toBeVisible();
  expect(backend.requests('POST /challenges/:id/verify')).toHaveLength(2); // the enrolment's and this
});

it('stops waiting for a message when the person submits, and when the screen is gone', async () => {
  const asked = withWebOtp();
  const { backend, factor, user, unmount } = await renderSms();
  await waitFor(() => expect(asked.at(-1)?.signal.aborted).toBe(false));
  const right = backend.currentCode(factor.id);
  await user.type(screen.getByLabelText('One-time code'), right === '000000' ? '000001' : '000000');
  await screen.findByText(/That code is not right/);
  const [last, ...earlier] = asked.toReversed();
  expect(earlier.every(({ signal }) => signal.aborted)).toBe(true);
  unmount();
  expect(last?.signal.aborted).toBe(true);
});
