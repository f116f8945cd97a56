import type { AuthenticationFactor } from '../backend/mfa-backend.js';

/** Drawn on 20 × 20, in lines. */
const PATHS: Record<AuthenticationFactor['type'], string> = {
  totp: 'M7 2.5h6a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 16V4A1.5 1.5 0 0 1 7 2.5zM8 10l1.5 1.5L12.25 8.5',
  sms: 'M4.5 3.5h11a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5H9l-4 3v-3h-.5A1.5 1.5 0 0 1 3 12V5a1.5 1.5 0 0 1 1.5-1.5zM7 8.5h0M10 8.5h0M13 8.5h0',
  generic_otp:
    'M4 5.5h12A1.5 1.5 0 0 1 17.5 7v6a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 13V7A1.5 1.5 0 0 1 4 5.5zM6.5 10h0M10 10h0M13.5 10h0',
  webauthn: 'M10.5 10a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0zM10.5 10h7v3M14.5 10v2',
  unknown: 'M10 2.5l6 2.25v4.5c0 3.75-2.5 6.75-6 8.25-3.5-1.5-6-4.5-6-8.25v-4.5z',
};

export function FactorIcon({ type }: Pick<AuthenticationFactor, 'type'>) {
  return (
    <svg className="mfa-factor-icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[type]} />
    </svg>
  );
}
