import type { Answer } from './answer.js';
import { arrive } from './arrive.js';
import { Authenticator } from './authenticator.js';
import { CannotCheck } from './cannot-check.js';
import { checkEveryAnswer } from './chapters/every-answer.js';
import { checkLeftovers, type LeftFactor, leftovers, tidyUp } from './chapters/removals.js';
import type { SentMessage } from './chapters/text-message.js';
import { checkedOrigin, checkedUrl, checkSession, withoutSession } from './checked-options.js';
import { Findings, type ProxyCheck } from './findings.js';
import { goThrough, type Way } from './go-through.js';
import { Interrupted } from './interrupted.js';
import type { Run } from './run.js';
import { createVisitor, type VisitorOptions } from './visitor.js';

/** A signed-in user, by what their browser sends. */
export interface ProxySession {
  /** The `Cookie` header, such as `session=…`. Renewed by what the proxy sets on the way. */
  cookie?: string | undefined;
  /** More headers on each request, such as `Authorization` or a CSRF token of your app's. */
  headers?: Record<string, string> | undefined;
}

export interface CheckProxyOptions extends ProxySession {
  /** Where the proxy is mounted: `https://app.example/api/mfa`. */
  url: string;
  /** A second signed-in user, who tries the first one's ids. One factor is made in their account, and removed. */
  other?: ProxySession | undefined;
  /** The origin of the app's pages. Default: that of `url`. */
  origin?: string | undefined;
  /**
   * E.164: gets one text message, or two where `expire` is given. Default: WorkOS's own test number, `+15005550006`,
   * which a proxy may well refuse. `null`: no message is sent.
   */
  phoneNumber?: string | null | undefined;
  /** Reads the code out of the message, say from a test inbox. Called once the proxy says it was sent. */
  codeOf?: ((message: SentMessage) => Promise<string> | string) | undefined;
  /** Moves the clock of a test proxy on by more than a challenge lives (10 minutes), and less than 15. */
  expire?: (() => Promise<void> | void) | undefined;
  /** The clock of whoever checks TOTP codes, milliseconds since 1970. Default: `Date.now`. */
  now?: (() => number) | undefined;
  /**
   * Default: the runtime's own. It has to send `Cookie`, `Origin` and `Sec-Fetch-Site` as they are given, which Node's
   * does and a browser's never will. It is given `redirect: 'manual'` and must not follow one.
   */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

export interface ProxyReport {
  url: string;
  /** How many requests were sent. */
  requests: number;
  /** Every row of the contract, always all and in the same order. */
  rows: ProxyCheck[];
  /**
   * Why the check ended half way, with what to do: a limit, or the end of the session. What was not tried by then is
   * `not_checked`. Absent where it came to its end.
   */
  error?: string | undefined;
  /** What the check has made and could not remove. Absent where there is nothing. */
  left?: LeftFactor[] | undefined;
}

/**
 * Tries the kit's HTTP contract, and what can be seen of its security rules from outside, on a running proxy, whatever
 * it is written in: about 130 requests, one after the other, on a test account of yours. It enrols factors, removes
 * them again and touches no others.
 *
 * A run that a limit or the end of the session stops half way says so in `error`, and judges nothing by it.
 *
 * @throws {Error} If nothing could be checked, with a sentence on what to do: the address does not answer, the session
 * is not signed in, the account has confirmed factors, or the optional peer `otpauth` is missing.
 */
export async function checkProxy(options: CheckProxyOptions): Promise<ProxyReport> {
  const url = checkedUrl(options.url);
  const origin = checkedOrigin(options.origin ?? new URL(url).origin);
  for (const session of [options, options.other ?? {}]) checkSession(session);
  const answers: Answer[] = [];
  const visitor = ({ cookie, headers = {} }: ProxySession) =>
    createVisitor({
      url,
      origin,
      cookie: cookie?.replace(/^cookie:\s*/i, ''),
      headers,
      fetch: options.fetch ?? ((address, init) => globalThis.fetch(address, init)),
      onAnswer: (answer) => answers.push(answer),
    } satisfies VisitorOptions);
  const codeAt = await loadTotp();
  const knownCodes = new Set<string>();
  const rememberedCodeAt = (secret: string, time: number) => {
    const code = codeAt(secret, time);
    knownCodes.add(code);
    return code;
  };

  const run: Run = {
    findings: new Findings(),
    user: visitor(options),
    nobody: visitor({ headers: withoutSession(options.headers) }),
    other: options.other && visitor(options.other),
    answers,
    made: new Set(),
    madeByOther: new Set(),
    challenged: new Map(),
    confirmed: new Set(),
    enrolments: new Set(),
    secrets: new Set(),
    sentCodes: new Map(),
    knownCodes,
    authenticatorFor: (secret) =>
      new Authenticator({ secret, now: options.now ?? Date.now, codeAt: rememberedCodeAt }),
  };
  const before = await arrive(run);
  const error = await goThroughOrStop(run, { ...options, origin, before });
  const left = leftovers(run);
  return {
    url,
    requests: answers.length,
    rows: run.findings.rows(),
    ...(error !== undefined && { error }),
    ...(left.length > 0 && { left }),
  };
}

/** @returns Why it has stopped, where it has. */
async function goThroughOrStop(run: Run, way: Way): Promise<string | undefined> {
  try {
    const phoneNumber = await goThrough(run, way);
    await checkLeftovers(run);
    checkEveryAnswer(run, run.answers, phoneNumber);
    return undefined;
  } catch (error) {
    await tidyUp(run);
    if (!(error instanceof Interrupted)) throw error;
    checkEveryAnswer(run, run.answers.slice(0, run.answers.indexOf(error.since)), undefined);
    run.findings.end(error.message);
    return error.message;
  }
}

async function loadTotp() {
  try {
    const { totpCode } = await import('../../emulator/totp.js');
    return (secret: string, time: number) => totpCode({ secret, issuer: '', user: '' }, time);
  } catch {
    throw new CannotCheck(
      'The package otpauth, an optional peer of mfa-kit, is missing: without it no authenticator codes can be made. Run npm install --save-dev otpauth.',
    );
  }
}
