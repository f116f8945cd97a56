import { newKey } from './idempotency-key.js';
import type { MfaBackend } from './mfa-backend.js';
import { MfaError } from './mfa-error.js';
import { readChallenge, readEnrollment, readFactors, readVerification } from './read-answer.js';
import { errorCodeOf, firstIn, readError, WRONG_CODE } from './read-error.js';
import { exchange, type Exchange, type TransportOptions } from './transport.js';
import { ID, readCount } from './wire.schema.js';

export type HttpBackendOptions = TransportOptions;

/**
 * A backend that speaks the kit's HTTP contract with a proxy of the host's, in whatever shape the proxy's WorkOS SDK
 * serialises to. Each method sends one request and never repeats it.
 */
export function createHttpBackend(options: HttpBackendOptions): MfaBackend {
  /** @param onWrongCode What a wrong code, reported as an error, comes to. Without it, it is an error. */
  async function call<T>(
    request: Exchange,
    read: (answer: unknown) => T,
    onWrongCode?: (answer: unknown) => T,
  ): Promise<T> {
    const answer = await exchange(options, request);
    const error = errorCodeOf(answer.body);
    // Behind any other failure, such as a lock-out, it says nothing of the code.
    const mayBeWrong = answer.ok || answer.status === 400 || answer.status === 422;
    if (error === WRONG_CODE && mayBeWrong && onWrongCode) return onWrongCode(answer.body);
    if (!answer.ok || error !== undefined) throw readError(answer);
    try {
      return read(answer.body);
    } catch {
      throw new MfaError('bad_response', {
        status: answer.status,
        message: 'The answer does not have the form the contract gives it.',
      });
    }
  }

  return {
    listFactors: ({ signal } = {}) => call({ method: 'GET', path: '/factors', signal }, readFactors),

    enrollFactor: async (request, { signal, idempotencyKey = newKey() } = {}) =>
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

    verifyChallenge: async ({ challengeId, code }, { signal } = {}) =>
      call(
        { method: 'POST', path: `/challenges/${segment(challengeId)}/verify`, body: { code }, signal },
        (answer) => readVerification(answer, challengeId),
        (answer) => ({
          challenge: { id: challengeId },
          valid: false,
          attemptsRemaining: firstIn(answer, (layer) => readCount(layer.attemptsRemaining)),
        }),
      ),

    deleteFactor: async (factorId, { signal, keepalive } = {}) =>
      call({ method: 'DELETE', path: `/factors/${segment(factorId)}`, signal, keepalive }, () => undefined),
  };
}

function segment(id: string): string {
  if (ID.test(id)) return id;
  throw new MfaError('invalid_request', { message: 'The id has characters that no WorkOS id has.' });
}
