import { type Answer, seen } from './answer.js';

/**
 * The run cannot go on: what the proxy answers from now on is about the check itself, and says nothing of any rule.
 * `message` says why, and what to do.
 */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  /** The first answer that is not to be judged. */
  readonly since: Answer;

  /** @param plain What shows it: `since` itself, or the answer to a plain request sent after it. */
  constructor(since: Answer, plain: Answer) {
    super(isLimited(plain) ? limited(plain) : signedOut(plain));
    this.since = since;
  }
}

/** Asked to send less. A lock after wrong codes on one challenge is another thing, and has its own code. */
export const isLimited = ({ status, error }: Answer) =>
  error === 'rate_limited' || (status === 429 && error !== 'too_many_attempts');

/** Where somebody is signed in: the request is refused for what it is, or they are no longer. */
export const isTurnedAway = ({ status, error }: Answer) =>
  error !== 'step_up_required' && (status === 401 || status === 403 || (status >= 300 && status < 400));

function limited(answer: Answer): string {
  const seconds = /^\d{1,9}$/.exec(answer.headers.get('Retry-After') ?? '')?.[0];
  const wait = seconds === undefined ? 'without a Retry-After' : `Retry-After ${seconds} seconds`;
  return `The proxy let no more requests through: ${seen(answer)}, ${wait}. A check sends about 130 within a minute: raise the limit for it, or wait where earlier runs have used it up.`;
}

const signedOut = (answer: Answer) =>
  `The session ended half way: ${seen(answer)}. Sign the test user in again, for a session that lasts some minutes.`;
