import { newKey } from '../backend/idempotency-key.js';
import type { AuthenticationChallenge, MfaBackend, Verification } from '../backend/mfa-backend.js';
import { mayHaveSucceeded, MfaError, toMfaError } from '../backend/mfa-error.js';
import { type CodeProblem, type CodeState, IDLE_CODE } from './code-state.js';
import { type Deadline, deadlineIn, expiryOf, millisecondsUntil } from './deadline.js';
import { onTickUntil } from './ticker.js';

/** Seconds between two messages, where the server does not say. */
const COOL_DOWN = 30;

export interface CodeSessionOptions {
  backend: () => MfaBackend;
  factorId: string;
  /** Whether each challenge sends a message. Without one a new challenge costs nobody anything, and is made when needed. */
  sendsMessage: boolean;
  onChange: (state: CodeState) => void;
  onVerified: (verification: Verification) => void;
  /** A code was accepted by a call whose answer may have been lost: asks the server whether the factor is still there. */
  isStillThere: () => Promise<boolean>;
  /** Called after the state has changed. `not_found` means that factor or challenge is gone from the server. */
  onError: (error: MfaError) => void;
}

/**
 * The challenges of one factor and the codes tried on them: at most one call at a time, each sent once, and no answer
 * counts that comes after `close`.
 */
export class CodeSession {
  readonly #options: CodeSessionOptions;
  #state = IDLE_CODE;
  #challenge: AuthenticationChallenge | undefined;
  /** Kept while the outcome of sending a challenge is unknown, so that trying again cannot send twice. */
  #idempotencyKey: string | undefined;
  /** The code last refused, and what was said of it: sent again it could only cost an attempt. */
  #rejected: { code: string; problem: CodeProblem } | undefined;
  #rejections = 0;
  #messagesSent = 0;
  #checking: Promise<void> | undefined;
  #wasVerified = false;
  #stop = new AbortController();
  readonly #watches = new Map<'expiry' | 'lock', () => void>();

  constructor(options: CodeSessionOptions) {
    this.#options = options;
  }

  get state(): CodeState {
    return this.#state;
  }

  get challenge(): AuthenticationChallenge | undefined {
    return this.#challenge;
  }

  /** Takes a challenge that was started elsewhere. */
  adopt(challenge: AuthenticationChallenge): void {
    this.#begin(challenge);
    this.#show(challenge);
  }

  /** Starts a challenge, and so sends the first or a new message. Ignored while busy or cooling down. */
  send(): void {
    const { activity, problem, resendAt } = this.#state;
    if (activity !== 'idle' || problem?.kind === 'locked') return;
    if (resendAt && millisecondsUntil(resendAt) > 0) return;
    this.#set({ ...this.#state, activity: 'sending', problem: undefined });
    void this.#run(async (signal) => {
      const challenge = await this.#startChallenge(signal);
      return () => this.#show(challenge);
    });
  }

  /**
   * Has a code checked, once: ignored while a call is under way, while locked, and for the very code that was refused.
   * @param code The whole code, ASCII digits.
   */
  submit(code: string): void {
    const { activity, problem } = this.#state;
    if (activity !== 'idle' || problem?.kind === 'locked') return;
    if (this.#options.sendsMessage && !this.#challenge) return; // no code that exists could be right
    if (code === this.#rejected?.code) return this.#idle({ ...this.#rejected.problem });
    this.#set({ ...this.#state, activity: 'verifying', problem: undefined });
    this.#checking = this.#run(async (signal) => {
      this.#wasVerified = false;
      const { id } = this.#challenge ?? (await this.#startChallenge(signal));
      signal.throwIfAborted();
      // Not aborted on `close`: whoever closes may need to know how it ended.
      const verification = await this.#options.backend().verifyChallenge({ challengeId: id, code });
      this.#wasVerified = verification.valid;
      return () => {
        if (!verification.valid) return this.#reject(code, verification);
        void this.close();
        this.#options.onVerified(verification);
      };
    });
  }

  /**
   * Ends it: late answers change nothing any more.
   * @returns Where a code is being checked right now, whether it was accepted after all.
   */
  close(): Promise<boolean> | undefined {
    const checking = this.#state.activity === 'verifying' ? this.#checking : undefined;
    this.#stop.abort();
    this.#stop = new AbortController();
    for (const unwatch of this.#watches.values()) unwatch();
    this.#watches.clear();
    this.#challenge = undefined;
    this.#idempotencyKey = undefined;
    this.#rejected = undefined;
    this.#rejections = 0;
    this.#messagesSent = 0;
    this.#state = IDLE_CODE;
    return checking?.then(() => this.#wasVerified);
  }

  async #startChallenge(signal: AbortSignal): Promise<AuthenticationChallenge> {
    this.#idempotencyKey ??= newKey();
    const challenge = await this.#options
      .backend()
      .challengeFactor(this.#options.factorId, { signal, idempotencyKey: this.#idempotencyKey });
    if (!signal.aborted) this.#begin(challenge);
    return challenge;
  }

  /** Runs one call; what it settles with is applied only if nobody closed the session meanwhile. */
  async #run(call: (signal: AbortSignal) => Promise<() => void>): Promise<void> {
    const { signal } = this.#stop;
    let apply: () => void;
    try {
      apply = await call(signal);
    } catch (reason) {
      let error = toMfaError(reason);
      if (error.code === 'challenge_used' && !signal.aborted) {
        // Where the server cannot tell, the person is offered a new code all the same.
        const isThere = await this.#options.isStillThere().catch(() => true);
        if (!isThere) error = new MfaError('not_found', { message: 'The factor is gone.' });
      }
      apply = () => this.#fail(error);
    }
    if (!signal.aborted) apply();
  }

  #begin(challenge: AuthenticationChallenge): void {
    this.#challenge = challenge;
    this.#idempotencyKey = undefined;
    this.#rejected = undefined;
  }

  #show(challenge: AuthenticationChallenge): void {
    this.#messagesSent += 1;
    const { problems } = this.#state;
    const resent = this.#messagesSent - 1;
    this.#set({ ...IDLE_CODE, ...this.#timesOf(challenge), problems, resent, isNew: resent > 0 });
  }

  #timesOf(challenge: AuthenticationChallenge): Pick<CodeState, 'expiry' | 'resendAt'> {
    if (!this.#options.sendsMessage) return { expiry: undefined, resendAt: undefined };
    const expiry = expiryOf(challenge);
    if (expiry) {
      this.#at('expiry', expiry, () => {
        // Only the server refuses a code: one that is being checked now may still be right.
        const { activity, problem } = this.#state;
        const isSilent = activity !== 'idle' || problem?.kind === 'locked';
        this.#set({ ...this.#state, wantsNewCode: true });
        if (!isSilent) this.#idle({ kind: 'expired' });
      });
    }
    return { expiry, resendAt: deadlineIn(COOL_DOWN) };
  }

  #reject(code: string, { attemptsRemaining }: Verification): void {
    this.#rejections += 1;
    this.#rejected = {
      code,
      problem: { kind: 'wrong_code', rejections: this.#rejections, attemptsRemaining },
    };
    this.#idle(this.#rejected.problem);
  }

  #fail(error: MfaError): void {
    const wasSending = this.#state.activity === 'sending';
    if (!mayHaveSucceeded(error)) this.#idempotencyKey = undefined;
    switch (error.code) {
      case 'challenge_expired':
        this.#dropChallenge({ kind: 'expired' });
        break;
      case 'challenge_used':
        this.#dropChallenge({ kind: 'used' });
        break;
      case 'too_many_attempts':
        this.#dropChallenge(this.#lock(error));
        break;
      case 'rate_limited':
        if (wasSending) {
          // The codes sent before can still be entered.
          this.#set({ ...this.#state, resendAt: deadlineIn(error.retryAfter ?? COOL_DOWN) });
          this.#idle({ kind: 'failed', error });
        } else {
          this.#idle(this.#lock(error));
        }
        break;
      case 'not_found':
        this.#challenge = undefined;
        this.#idle({ kind: 'failed', error });
        break;
      default:
        this.#idle({ kind: 'failed', error });
    }
    this.#options.onError(error);
  }

  #dropChallenge(problem: CodeProblem): void {
    this.#challenge = undefined;
    this.#rejected = undefined;
    this.#set({ ...this.#state, expiry: undefined, wantsNewCode: this.#options.sendsMessage });
    this.#idle(problem);
  }

  #lock({ retryAfter = COOL_DOWN }: MfaError): CodeProblem {
    const until = deadlineIn(retryAfter);
    this.#at('lock', until, () => {
      if (this.#state.problem?.kind !== 'locked') return;
      // It may have run out meanwhile, which nobody was told.
      this.#idle(this.#state.wantsNewCode ? { kind: 'expired' } : undefined);
    });
    return { kind: 'locked', until };
  }

  #idle(problem: CodeProblem | undefined): void {
    const problems = this.#state.problems + (problem ? 1 : 0);
    const isNew = this.#state.isNew && !problem;
    this.#set({ ...this.#state, activity: 'idle', problem, problems, isNew });
  }

  /** Calls back once a deadline has passed, unless the session was closed or another one is watched since. */
  #at(what: 'expiry' | 'lock', deadline: Deadline, then: () => void): void {
    this.#watches.get(what)?.();
    const unwatch = onTickUntil(deadline, () => {
      if (millisecondsUntil(deadline) > 0) return;
      this.#watches.delete(what);
      then();
    });
    this.#watches.set(what, unwatch);
  }

  #set(state: CodeState): void {
    this.#state = state;
    this.#options.onChange(state);
  }
}
