import { createHttpBackend, type HttpBackendOptions } from '../../src/backend/create-http-backend.js';
import type { MfaBackend } from '../../src/backend/mfa-backend.js';
import { MfaError } from '../../src/backend/mfa-error.js';

export const FACTOR = 'auth_factor_01FVYZ5QM8N98T9ME5BCB2BBMJ';
export const CHALLENGE = 'auth_challenge_01FVYZWQTZQ5VB6BC5MPG2EYC5';
export const PHONE = '+15005550006';
export const CODE = '123456';

/** A backend whose proxy answers each call with what `respond` makes. */
export function backendTo(
  respond: NonNullable<HttpBackendOptions['fetch']>,
  options: Partial<HttpBackendOptions> = {},
): MfaBackend {
  return createHttpBackend({ baseUrl: 'https://app.example/api/mfa', fetch: respond, ...options });
}

export const proxyAnswering = (body: unknown, init?: ResponseInit) =>
  backendTo(() => Promise.resolve(Response.json(body, init)));

export const proxySending = (body: BodyInit | null, init?: ResponseInit) =>
  backendTo(() => Promise.resolve(new Response(body, init)));

/** The five calls, each with the right arguments. */
export const CALLS: [name: string, call: (backend: MfaBackend, signal?: AbortSignal) => Promise<unknown>][] =
  [
    ['listFactors', (backend, signal) => backend.listFactors({ signal })],
    ['enrollFactor', (backend, signal) => backend.enrollFactor({ type: 'totp' }, { signal })],
    ['challengeFactor', (backend, signal) => backend.challengeFactor(FACTOR, { signal })],
    [
      'verifyChallenge',
      (backend, signal) => backend.verifyChallenge({ challengeId: CHALLENGE, code: CODE }, { signal }),
    ],
    ['deleteFactor', (backend, signal) => backend.deleteFactor(FACTOR, { signal })],
  ];

/** Something that its type forbids, as JavaScript hosts and broken servers send it. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
export const forbidden = (value: unknown) => value as never;

export const verify = (backend: MfaBackend) =>
  backend.verifyChallenge({ challengeId: CHALLENGE, code: CODE });

/** The error a call rejects with. Anything but an `MfaError` fails the test. */
export async function errorOf(call: Promise<unknown>): Promise<MfaError> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof MfaError) return outcome.error;
  throw new Error(`Expected an MfaError, got ${JSON.stringify(outcome)}.`, { cause: outcome });
}
