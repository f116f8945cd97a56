import * as z from 'zod/mini';

import { Refusal, type RefusalReason } from './refusal.js';
import type { UpstreamAnswer } from './upstream-call.js';
import { upstreamErrorSchema } from './work-os.schema.js';

const REASONS: Record<string, RefusalReason> = {
  authentication_challenge_expired: 'challenge_expired',
  expired_challenge: 'challenge_expired',
  one_time_code_expired: 'challenge_expired',
  authentication_challenge_previously_verified: 'challenge_used',
  one_time_code_previously_used: 'challenge_used',
  one_time_code_too_many_attempts: 'too_many_attempts',
  invalid_phone_number: 'invalid_phone_number',
  entity_not_found: 'not_found',
};

/** WorkOS's error code, where the answer is a refusal that concerns the person: a 401 or 403 is about our own key. */
export function upstreamErrorCode({ status, body }: UpstreamAnswer): string | undefined {
  if (status < 400 || status >= 500 || status === 401 || status === 403) return undefined;
  const result = z.safeParse(upstreamErrorSchema, body);
  return result.success ? result.data.code : undefined;
}

/** What is nearly always behind it, for the host's log. */
const KEY_HINTS: Record<number, string> = {
  401: ': look at apiKey',
  403: ': look at what the apiKey may do',
};

/** What we answer when WorkOS refuses. `expected` names what this call can be refused for; all else is a fault. */
export function upstreamRefusal(
  answer: UpstreamAnswer,
  expected: readonly RefusalReason[],
  now: number,
): Refusal {
  const isTooMany = answer.status === 429;
  const retryAfter = isTooMany ? retryAfterOf(answer.headers, now) : undefined;
  const reason = reasonOf(answer);
  if (reason && expected.includes(reason)) return new Refusal(reason, { retryAfter });
  // By its status alone: a gateway in front of the API refuses in HTML.
  if (isTooMany) return new Refusal('rate_limited', { retryAfter });
  // What a server refuses it has not done. What it failed at, or claims to have done in words of its own, it may have.
  const isRefused = answer.status >= 400 && answer.status < 500;
  const cause = new Error(`WorkOS answered with status ${answer.status}${KEY_HINTS[answer.status] ?? ''}.`);
  return new Refusal('upstream_failed', { isOutcomeUnknown: !isRefused, cause });
}

function reasonOf(answer: UpstreamAnswer): RefusalReason | undefined {
  const code = upstreamErrorCode(answer);
  if (code !== undefined && Object.hasOwn(REASONS, code)) return REASONS[code];
  return answer.status === 404 && answer.body !== undefined ? 'not_found' : undefined;
}

/** Seconds, 1 to 3600, of `Retry-After` in either of its forms (RFC 9110, section 10.2.3); 30 where it says nothing. */
function retryAfterOf(headers: Headers, now: number): number {
  const text = headers.get('Retry-After')?.trim() ?? '';
  if (/^\d+$/.test(text)) return clamp(Number(text));
  const date = /^[A-Z][a-z]{2}, .* GMT$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(date)) return 30;
  // Against the clock that wrote it, where it is told: ours may be off.
  const sent = Date.parse(headers.get('Date') ?? '');
  return clamp((date - (Number.isNaN(sent) ? now : sent)) / 1000);
}

const clamp = (seconds: number) => Math.min(3600, Math.max(1, Math.ceil(seconds)));
