import type { MfaBackend } from './mfa-backend.js';
import { MfaError } from './mfa-error.js';
import { readChallenge, readEnrollment, readFactors, readVerification } from './read-answer.js';
import { errorCodeOf, readError, WRONG_CODE } from './read-error.js';
import { exchange, type Exchange, type TransportOptions } from './transport.js';
import { ID } from './wire.schema.js';

export type HttpBackendOptions = TransportOptions;

/**
 * A backend that speaks the kit's HTTP contract with a proxy of the host's, in whatever shape the proxy's WorkOS SDK
 * serialises to. Each method sends one request and never repeats it.
 */
export function createHttpBackend(options: HttpBackendOptions): MfaBackend {
  async function call<T>(request: Exchange, read: (answer: unknown) => T): Promise<T> {
    const answer = await exchange(options, request);
    if (!answer.ok || errorCodeOf(answer.body) !== undefined) throw readError(answer);
    return read(answer.body);
  }

  return {
    listFactors: ({ signal } = {}) => call({ method: 'GET', path: '/factors', signal }, readFactors),

    enrollFactor: (request, { signal, idempotencyKey = newKey() } = {}) =>
      call(
        {
          method: 'POST',
          path: '/factors',
          body:
            request.type === 'sms' ? { type: 'sms', phone_number: request.phoneNumber } : { type: 'totp' },
          signal,
          idempotencyKey,
        },
        (answer) => readEnrollment(answer, request),
      ),

    challengeFactor: async (factorId, { signal, idempotencyKey = newKey() } = {}) =>
      call(
        { method: 'POST', path: `/factors/${segment(factorId)}/challenge`, body: {}, signal, idempotencyKey },
        (answer) => readChallenge(answer, factorId),
      ),

    async verifyChallenge({ challengeId, code }, { signal } = {}) {
      const answer = await exchange(options, {
        method: 'POST',
        path: `/challenges/${segment(challengeId)}/verify`,
        body: { code },
        signal,
      });
      const error = errorCodeOf(answer.body);
      if (error === WRONG_CODE) return { challenge: { id: challengeId }, valid: false };
      if (!answer.ok || error !== undefined) throw readError(answer);
      return readVerification(answer.body, challengeId);
    },

    deleteFactor: async (factorId, { signal, keepalive } = {}) =>
      call({ method: 'DELETE', path: `/factors/${segment(factorId)}`, signal, keepalive }, () => undefined),
  };
}

/** Names one intent. Not a secret; unique is enough. */
export function newKey(): string {
  // `randomUUID` exists in secure contexts only, and developers open their app by IP address too.
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
}

function segment(id: string): string {
  if (ID.test(id)) return id;
  throw new MfaError('invalid_request', { message: 'The id has characters that no WorkOS id has.' });
}
