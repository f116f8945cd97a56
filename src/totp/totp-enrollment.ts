import { newKey } from '../backend/idempotency-key.js';
import type { AuthenticationFactor, Enrollment, MfaBackend, TotpSecret } from '../backend/mfa-backend.js';
import { mayHaveSucceeded, type MfaError, toMfaError } from '../backend/mfa-error.js';
import { Session } from '../provider/session.js';
import { CodeSession } from '../verification/code-session.js';
import { type CodeState, IDLE_CODE } from '../verification/code-state.js';
import { type Deadline, deadlineIn } from '../verification/deadline.js';
import { takeBack } from '../verification/take-back.js';

export type TotpEnrollmentState =
  | { step: 'starting' }
  | { step: 'failed'; error: MfaError; retryAt: Deadline | undefined; isRetrying: boolean }
  | { step: 'confirm'; factor: AuthenticationFactor; totp: TotpSecret; code: CodeState }
  /** The person gave it up. */
  | { step: 'cancelled' }
  | { step: 'done'; factor: AuthenticationFactor };

/** One enrolment of an authenticator app: the one place that holds the secret, from the answer to the first right code. */
export class TotpEnrollment extends Session<TotpEnrollmentState, AuthenticationFactor> {
  /** Names the enrolment under way; another one, or none, once it was given up. */
  #attempt: symbol | undefined;
  /** Kept while it is unknown whether the server has made a factor, so that trying again cannot make two. */
  #idempotencyKey: string | undefined;
  #code: CodeSession | undefined;
  #isConfirmed = false;

  constructor(backend: () => MfaBackend) {
    super(backend, { step: 'starting' });
  }

  get isDone(): boolean {
    const { step } = this.get();
    return step === 'done' || step === 'cancelled';
  }

  override start(): void {
    if (this.#attempt || this.get().step !== 'starting') return;
    void this.#enroll();
  }

  override close({ keepalive = false }: { keepalive?: boolean } = {}): void {
    const state = this.get();
    if (this.isDone) return;
    this.forgetUnheard();
    this.#attempt = undefined;
    this.#idempotencyKey = undefined;
    const checking = this.#code?.close();
    this.#code = undefined;
    this.set({ step: 'starting' });
    if (state.step !== 'confirm' || this.#isConfirmed) return;
    const { id } = state.factor;
    if (!checking) takeBack(this.backend(), id, { keepalive });
    // A factor whose code was right in the end is no longer pending.
    else if (!keepalive) void checking.then((isVerified) => isVerified || takeBack(this.backend(), id));
  }

  readonly cancel = (): void => {
    if (this.isDone) return;
    this.close();
    this.set({ step: 'cancelled' });
  };

  /** Begins again after it failed or was given up. */
  readonly retry = (): void => {
    const state = this.get();
    if (this.#attempt || (state.step !== 'failed' && state.step !== 'cancelled')) return;
    this.set(state.step === 'failed' ? { ...state, isRetrying: true } : { step: 'starting' });
    void this.#enroll();
  };

  readonly submit = (code: string): void => this.#code?.submit(code);

  async #enroll(): Promise<void> {
    const attempt = Symbol('enrolment');
    this.#attempt = attempt;
    this.#isConfirmed = false;
    this.#idempotencyKey ??= newKey();
    try {
      // Never aborted: only the answer tells which factor to take back.
      const enrollment = await this.backend().enrollFactor(
        { type: 'totp' },
        { idempotencyKey: this.#idempotencyKey },
      );
      if (this.#attempt === attempt) this.#confirm(enrollment);
      else takeBack(this.backend(), enrollment.factor.id);
    } catch (reason) {
      if (this.#attempt === attempt) this.#fail(toMfaError(reason));
    }
  }

  #confirm({ factor, totp, challenge }: Enrollment): void {
    this.#idempotencyKey = undefined;
    if (!totp) return this.#fail(toMfaError(undefined)); // a host's own backend that broke its type
    this.#code = new CodeSession({
      backend: this.backend,
      factorId: factor.id,
      sendsMessage: false,
      onChange: (code) => this.set({ step: 'confirm', factor, totp, code }),
      onVerified: () => this.#finish({ ...factor, status: 'verified' }),
      isStillThere: async () => {
        const known = (await this.backend().listFactors()).find(({ id }) => id === factor.id);
        this.#isConfirmed = known?.status === 'verified';
        return known !== undefined;
      },
      onError: (error) => {
        if (error.code !== 'not_found') return this.emit((to) => to.onError(error));
        takeBack(this.backend(), factor.id); // the challenge alone may be what is gone
        this.#fail(error);
      },
    });
    if (challenge) this.#code.adopt(challenge);
    else this.set({ step: 'confirm', factor, totp, code: IDLE_CODE });
  }

  /** A method of its own: what it leaves behind must not remember the secret, as a function inside `#confirm` would. */
  #finish(factor: AuthenticationFactor): void {
    this.#code = undefined;
    this.set({ step: 'done', factor });
    this.emit((to) => to.onDone(factor));
  }

  #fail(error: MfaError): void {
    this.#attempt = undefined;
    if (!mayHaveSucceeded(error)) this.#idempotencyKey = undefined;
    void this.#code?.close();
    this.#code = undefined;
    const retryAt = error.retryAfter ? deadlineIn(error.retryAfter) : undefined;
    this.set({ step: 'failed', error, retryAt, isRetrying: false });
    this.emit((to) => to.onError(error));
  }
}
