import * as z from 'zod/mini';

import type { CheckedOptions } from './handler-options.js';
import { Refusal, type RefusalReason } from './refusal.js';
import { callUpstream, type UpstreamAnswer } from './upstream-call.js';
import { upstreamErrorCode, upstreamRefusal } from './upstream-refusal.js';
import {
  challengeSchema,
  type EnrolledSms,
  enrolledSmsSchema,
  type EnrolledTotp,
  enrolledTotpSchema,
  type UpstreamChallenge,
  verificationSchema,
} from './work-os.schema.js';

/** The five calls we make, with nothing of WorkOS's wire left in them. Each rejects with a `Refusal` and nothing else. */
export interface WorkOsClient {
  enrollTotp(account: { issuer: string; label: string }): Promise<EnrolledTotp>;
  enrollSms(phoneNumber: string): Promise<EnrolledSms>;
  /** For an SMS factor this sends one text message. The template is for those alone. */
  challengeFactor(factorId: string, smsTemplate: string | undefined): Promise<UpstreamChallenge>;
  /** Whether the code is right. `false` is WorkOS's word too: everything unclear rejects. */
  verifyChallenge(challenge: { id: string; factorId: string }, code: string): Promise<boolean>;
  /** Resolves once the factor is gone, also if it was gone before. */
  deleteFactor(factorId: string): Promise<void>;
}

/** Our own calls instead of the Node SDK: that one puts ids into paths as they are and sends a POST again by itself. */
export function createWorkOsClient({ apiKey, apiUrl, fetch, now }: CheckedOptions): WorkOsClient {
  const call = (method: 'POST' | 'DELETE', path: string, body?: object) =>
    callUpstream(fetch, { method, url: `${apiUrl}${path}`, apiKey, body });

  function read<T extends z.ZodMiniType>(
    answer: UpstreamAnswer,
    schema: T,
    ...expected: RefusalReason[]
  ): z.output<T> {
    if (answer.status !== 200 && answer.status !== 201) throw upstreamRefusal(answer, expected, now());
    const result = z.safeParse(schema, answer.body);
    if (!result.success) throw new Refusal('upstream_failed', { isOutcomeUnknown: true });
    return result.data;
  }

  return {
    async enrollTotp({ issuer, label }) {
      const answer = await call('POST', '/auth/factors/enroll', {
        type: 'totp',
        totp_issuer: issuer,
        totp_user: label,
      });
      return read(answer, enrolledTotpSchema);
    },

    async enrollSms(phoneNumber) {
      const answer = await call('POST', '/auth/factors/enroll', { type: 'sms', phone_number: phoneNumber });
      return read(answer, enrolledSmsSchema, 'invalid_phone_number');
    },

    async challengeFactor(factorId, smsTemplate) {
      const fields = smsTemplate === undefined ? {} : { sms_template: smsTemplate };
      const answer = await call('POST', `/auth/factors/${factorId}/challenge`, fields);
      const challenge = read(answer, challengeSchema, 'invalid_phone_number', 'not_found');
      if (challenge.factorId !== factorId) throw new Refusal('upstream_failed', { isOutcomeUnknown: true });
      return challenge;
    },

    async verifyChallenge({ id, factorId }, code) {
      const answer = await call('POST', `/auth/challenges/${id}/verify`, { code });
      // Some WorkOS endpoints say "wrong code" as an error. At any other status nobody has looked at the code.
      const isRefused = answer.status === 400 || answer.status === 422;
      if (isRefused && upstreamErrorCode(answer) === 'invalid_one_time_code') return false;
      const verification = read(
        answer,
        verificationSchema,
        'challenge_expired',
        'challenge_used',
        'too_many_attempts',
        'not_found',
      );
      if (verification.challengeId !== id || verification.factorId !== factorId) {
        throw new Refusal('upstream_failed', { isOutcomeUnknown: true });
      }
      return verification.valid;
    },

    async deleteFactor(factorId) {
      const answer = await call('DELETE', `/auth/factors/${factorId}`);
      const isJson = answer.body !== undefined;
      const isGone =
        answer.status === 204 ||
        (answer.status === 200 && (isJson || answer.isEmpty)) ||
        (answer.status === 404 && isJson); // a gateway's 404 page says nothing about the factor
      if (!isGone) throw upstreamRefusal(answer, [], now());
    },
  };
}
