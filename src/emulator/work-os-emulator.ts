import type { Environment } from './environment.js';
import { jsonResponse } from './json-response.js';
import { createRateLimiter, type RateLimit } from './rate-limit.js';
import { answerRoute } from './routes.js';
import type { SmsMessage } from './sms-inbox.js';
import { totpCode } from './totp.js';
import { ulid } from './ulid.js';
import { unauthorized, WireError } from './wire-error.js';

export interface WorkOsEmulatorOptions {
  /** The one key it takes, as `Authorization: Bearer <key>`. Any other is answered 401. */
  apiKey: string;
  /** Milliseconds since 1970; the emulator has no other clock. `Date.now` by default. */
  now?: (() => number) | undefined;
  /** How many requests it takes, over all of them, before it answers 429. Unlimited by default. */
  rateLimit?: RateLimit | undefined;
}

/** A factor that exists now. */
export interface EmulatedFactor {
  id: string;
  type: 'totp' | 'sms' | 'generic_otp';
  /** E.164, of an `sms` factor. */
  phoneNumber?: string;
}

export interface WorkOsEmulator {
  /** Answers as `https://api.workos.com` would; the request's origin does not matter. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The text messages sent so far, newest last. The same array all along: it grows, and `reset()` empties it. */
  readonly inbox: SmsMessage[];
  /** The factors that exist now, oldest first: to see that nothing was left behind. */
  readonly factors: readonly EmulatedFactor[];
  /**
   * What the person would type now: what their authenticator app shows, or the code of the factor's newest challenge.
   * @param at When the authenticator app shows it, milliseconds since 1970; now by default. WorkOS takes the code of the
   * 30 seconds before and after, too.
   * @throws {Error} If there is no such factor, or no challenge whose code could be meant.
   */
  currentCode(factorId: string, at?: number): string;
  /**
   * Ends the time of every challenge that has one, as if its 10 minutes were over.
   * @param which `all` for TOTP's too, which have none: to see what a host then makes of the error.
   */
  expireChallenges(which?: 'all'): void;
  /** Answers every request 429 for that many seconds of its clock; `Retry-After` counts down. 0 ends it at once. */
  rateLimitFor(seconds: number): void;
  /** Forgets every factor, challenge, message and limit. */
  reset(): void;
}

/**
 * WorkOS's MFA API in memory, faithful to recorded answers: mount `fetch` on any server, or hand it to whoever wants
 * a `fetch`, and the official SDKs enrol, challenge and verify against it. The authenticator codes are real.
 *
 * For development and tests. It holds secrets in plain memory and lets them be read.
 */
export function createWorkOsEmulator({
  apiKey,
  now = Date.now,
  rateLimit,
}: WorkOsEmulatorOptions): WorkOsEmulator {
  const environment: Environment = { now, factors: new Map(), challenges: new Map(), inbox: [] };
  const limiter = createRateLimiter(rateLimit, now);

  async function respond(request: Request): Promise<Response> {
    try {
      limiter.take();
      if (request.headers.get('Authorization') !== `Bearer ${apiKey}`) throw unauthorized();
      return await answerRoute(environment, request);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return jsonResponse(error.body, error.status, error.headers);
    }
  }

  return {
    async fetch(request) {
      const response = await respond(request);
      response.headers.set('X-Request-ID', ulid(now())); // the SDKs' exceptions show it as `requestID`
      return response;
    },

    inbox: environment.inbox,

    get factors() {
      return Array.from(environment.factors.values(), (factor) => ({
        id: factor.id,
        type: factor.type,
        ...(factor.type === 'sms' && { phoneNumber: factor.phoneNumber }),
      }));
    },

    currentCode(factorId, at = now()) {
      const factor = environment.factors.get(factorId);
      if (factor?.type === 'totp') return totpCode(factor.totp, at);
      const newest = [...environment.challenges.values()].findLast((each) => each.factorId === factorId);
      if (newest?.code === undefined) {
        throw new Error(
          `The emulator has no code for '${factorId}': ${factor ? 'challenge it first' : 'it knows no such factor'}.`,
        );
      }
      return newest.code;
    },

    expireChallenges(which) {
      for (const challenge of environment.challenges.values()) {
        if (which !== 'all' && challenge.expiresAt === undefined) continue;
        challenge.expiresAt = Math.min(challenge.expiresAt ?? Infinity, now());
      }
    },

    rateLimitFor(seconds) {
      limiter.block(seconds);
    },

    reset() {
      environment.factors.clear();
      environment.challenges.clear();
      environment.inbox.length = 0;
      limiter.reset();
    },
  };
}
