import * as z from 'zod/mini';

import { answerAgain, type Answered } from './answers.js';
import { bestEffort } from './best-effort.js';
import { LEASE } from './lease.js';
import type { OperationContext } from './operation.js';
import { parseJson } from './parse-json.js';
import { Refusal } from './refusal.js';

const KEPT = 15 * 60_000; // milliseconds
const FIRST_PAUSE = 50; // milliseconds between two looks, and longer from look to look
/** Longer than WorkOS may take, shorter than the kit's own client waits. */
const PATIENCE = 12_000; // milliseconds

const keptSchema = z.object({
  /** Fingerprint of what was asked: the same key for something else is a mistake. */
  request: z.string(),
  until: z.number(),
  /** `null` while the first request is under way. */
  answer: z.nullable(z.object({ status: z.number(), sealed: z.string() })),
});
type Kept = z.output<typeof keptSchema>;

/**
 * Carries a call out once for each `Idempotency-Key`, and answers every further request with the first one's answer; one
 * that comes while the first is under way waits for it. A call that failed was not carried out, and may come again.
 *
 * The answer may hold a new factor's secret. It is kept sealed under the API key and the request's own key, which is
 * kept nowhere. It goes when the factor is confirmed or removed; after 15 minutes it is not given again, and the store may
 * drop it.
 * @param request What was asked for, as parsed from the body.
 * @param perform Gets the key that `forgetAnswer` takes; `null` where the request has no key.
 * @see The IETF's draft "The Idempotency-Key HTTP Header Field".
 */
export async function answerOnce(
  context: OperationContext,
  call: string,
  request: object,
  perform: (answerKey: string | null) => Promise<Answered>,
): Promise<Response> {
  const { records, fingerprints, user, idempotencyKey, options } = context;
  if (idempotencyKey === undefined) return (await perform(null)).response;

  const owner = [user.id, user.sessionId ?? '', call, idempotencyKey];
  const secret = JSON.stringify(owner);
  const intent = fingerprints.of('intent', ...owner);
  const key = `answer:${intent}`;
  const print = fingerprints.of('request', JSON.stringify(request));

  let claimed = '';
  /** The kept answer, or `undefined` where this request is the one to carry the call out. */
  const claim = () =>
    records.change(
      key,
      (text): { next: { to: string; expiresAt: number } | undefined; result: Kept | undefined } => {
        const now = options.now();
        const kept = read(text);
        if (kept && kept.until > now) {
          if (kept.request !== print) throw new Refusal('key_reused');
          return { next: undefined, result: kept };
        }
        const next = toRecord({ request: print, until: now + LEASE, answer: null });
        claimed = next.to;
        return { next, result: undefined };
      },
    );

  const deadline = performance.now() + PATIENCE;
  let pause = FIRST_PAUSE;
  let kept = await claim();
  while (kept?.answer === null) {
    if (performance.now() > deadline) throw new Refusal('conflict');
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(1_000, pause * 1.5);
    kept = await claim(); // the first may have failed meanwhile
  }
  if (kept?.answer) {
    const age = Math.floor((options.now() - (kept.until - KEPT)) / 1000);
    return answerAgain(kept.answer.status, fingerprints.open(secret, kept.answer.sealed), age);
  }

  let answered: Answered;
  try {
    answered = await perform(key);
  } catch (error) {
    await bestEffort(() => letGo(context, key, (text) => text === claimed)); // not another's, that came after the lease
    throw error;
  }
  const { response, body } = answered;
  // Where it cannot be kept, the call was carried out all the same, and this is its answer.
  await bestEffort(async () => {
    const answer = { status: response.status, sealed: fingerprints.seal(secret, body) };
    const next = toRecord({ request: print, until: options.now() + KEPT, answer });
    // Not where it was let go meanwhile, with the factor that it tells the secret of.
    await records.change(key, (text) => ({ next: text === claimed ? next : undefined, result: undefined }));
  });
  return response;
}

/** Lets a kept answer go. */
export const forgetAnswer = (context: Pick<OperationContext, 'records'>, key: string): Promise<void> =>
  letGo(context, key, (text) => text !== null);

const letGo = (
  { records }: Pick<OperationContext, 'records'>,
  key: string,
  isIt: (text: string | null) => boolean,
): Promise<void> =>
  records.change(key, (text) => ({
    next: isIt(text) ? { to: null, expiresAt: null } : undefined,
    result: undefined,
  }));

function read(text: string | null): Kept | undefined {
  if (text === null) return undefined;
  try {
    return z.parse(keptSchema, parseJson(text));
  } catch {
    throw new Refusal('unavailable'); // somebody else has written there
  }
}

const toRecord = (kept: Kept) => ({ to: JSON.stringify(kept), expiresAt: kept.until });
