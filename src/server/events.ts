import type { RefusalReason } from './refusal.js';

/** What a security log wants to know. No code, secret, phone number or session id is in any of it. */
export type MfaEvent = MfaEventSource &
  (
    | {
        type: 'factor_enrolled' | 'factor_verified' | 'factor_removed' | 'factor_expired';
        factor: MfaEventFactor;
      }
    | { type: 'challenge_started'; factor: MfaEventFactor; challengeId: string }
    | {
        type: 'code_accepted';
        factor: MfaEventFactor;
        challengeId: string;
        purpose: 'enrollment' | 'verification';
      }
    | { type: 'code_rejected'; challengeId: string; attemptsRemaining: number }
    | {
        type: 'refused';
        /** Such as `rate_limited`, `step_up_required`, `code_used`, `upstream_failed`. */
        reason: RefusalReason;
        /** The HTTP status of the answer. */
        status: number;
        /** What was asked for, without ids: `POST /factors/:id/challenge`; the method alone where there is no such address. */
        call: string;
        /** Seconds, where the answer says to wait. */
        retryAfter?: number;
      }
  );

export interface MfaEventSource {
  /** ISO 8601, UTC, by the handler's clock. */
  at: string;
  /** The host's own id; absent where nobody is signed in. */
  userId?: string;
  /** As `user(request)` gave it. */
  clientIp?: string;
}

export interface MfaEventFactor {
  id: string;
  type: 'totp' | 'sms';
}

/** An event, without what all of them say. */
export type EventDetails = MfaEvent extends infer Each
  ? Each extends MfaEvent
    ? Omit<Each, keyof MfaEventSource>
    : never
  : never;

/**
 * Calls a function of the host's that only listens. Whatever becomes of it there, or of the host's clock while what it is
 * to hear is made, the request it is about goes on.
 */
export function tell(call: () => unknown): void {
  void (async () => call())().catch(() => undefined);
}
