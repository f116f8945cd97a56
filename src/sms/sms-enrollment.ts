import { newKey } from '../backend/idempotency-key.js';
import type { AuthenticationFactor, MfaBackend } from '../backend/mfa-backend.js';
import { mayHaveSucceeded, type MfaError, toMfaError } from '../backend/mfa-error.js';
import { Session } from '../provider/session.js';
import { CodeSession } from '../verification/code-session.js';
import type { CodeState } from '../verification/code-state.js';
import { type Deadline, deadlineIn, millisecondsUntil } from '../verification/deadline.js';
import { takeBack } from '../verification/take-back.js';

/** A phone number as the person entered it, and what it means. */
export interface PhoneEntry {
  /** The field's text and country, so that “Change number” brings them back. */
  text: string;
  country: string | undefined;
  e164: string;
}

export type SmsEnrollmentState =
  | {
      step: 'phone';
      /** What was entered before, for the form to start with. */
      entry: PhoneEntry | undefined;
      isSending: boolean;
      /** Why the last try failed. */
      error: MfaError | undefined;
      /** Before this the server takes no other try. */
      retryAt: Deadline | undefined;
    }
  | { step: 'code'; factor: AuthenticationFactor; entry: PhoneEntry; code: CodeState }
  /** The person gave it up. */
  | { step: 'cancelled' }
  | { step: 'done'; factor: AuthenticationFactor };

const PHONE_STEP: Extract<SmsEnrollmentState, { step: 'phone' }> = {
  step: 'phone',
  entry: undefined,
  isSending: false,
  error: undefined,
  retryAt: undefined,
};

/** A factor the server has made for a number and nobody has confirmed. */
interface Pending {
  e164: string;
  factor: AuthenticationFactor;
  code: CodeSession;
  isConfirmed: boolean;
}

/** One enrolment of a phone. It makes one factor a number, however often sending to it is tried. */
export class SmsEnrollment extends Session<SmsEnrollmentState, AuthenticationFactor> {
  #attempt: symbol | undefined;
  /** Kept for a number while it is unknown whether the server has made its factor. */
  #intent: { e164: string; idempotencyKey: string } | undefined;
  #pending: Pending | undefined;

  constructor(backend: () => MfaBackend) {
    super(backend, PHONE_STEP);
  }

  get isDone(): boolean {
    const { step } = this.get();
    return step === 'done' || step === 'cancelled';
  }

  override start(): void {
    // Nothing is sent before the person has said where.
  }

  override close({ keepalive = false }: { keepalive?: boolean } = {}): void {
    if (this.isDone) return;
    this.forgetUnheard();
    this.#attempt = undefined;
    this.#intent = undefined;
    this.#dropPending(keepalive);
    this.set(PHONE_STEP);
  }

  readonly cancel = (): void => {
    if (this.isDone) return;
    this.close();
    this.set({ step: 'cancelled' });
  };

  /** Begins again after it was given up. */
  readonly restart = (): void => {
    if (this.get().step === 'cancelled') this.set(PHONE_STEP);
  };

  /** Sends a code to a number. Ignored while one is being sent. */
  readonly sendCode = (entry: PhoneEntry): void => {
    const state = this.get();
    if (state.step !== 'phone' || state.isSending) return;
    if (state.retryAt && millisecondsUntil(state.retryAt) > 0) return;
    this.set({ ...PHONE_STEP, entry, isSending: true });
    if (this.#pending?.e164 === entry.e164) {
      this.#continue(this.#pending, entry);
    } else {
      this.#dropPending(false);
      void this.#enroll(entry);
    }
  };

  /** Goes back to the form. The factor stays until another number is sent to, for it may be the same after all. */
  readonly changeNumber = (): void => {
    const state = this.get();
    if (state.step === 'code' && state.code.activity !== 'verifying') {
      this.set({ ...PHONE_STEP, entry: state.entry });
    }
  };

  /** The entry is being changed: what was said about the last one no longer holds. */
  readonly dismissError = (): void => {
    const state = this.get();
    if (state.step === 'phone' && state.error) this.set({ ...state, error: undefined });
  };

  readonly submit = (code: string): void => this.#pending?.code.submit(code);
  readonly resend = (): void => this.#pending?.code.send();

  async #enroll(entry: PhoneEntry): Promise<void> {
    const { e164 } = entry;
    const attempt = Symbol('enrolment');
    this.#attempt = attempt;
    if (this.#intent?.e164 !== e164) this.#intent = { e164, idempotencyKey: newKey() };
    try {
      const { idempotencyKey } = this.#intent;
      // Never aborted: only the answer tells which factor to take back.
      const { factor, challenge } = await this.backend().enrollFactor(
        { type: 'sms', phoneNumber: e164 },
        { idempotencyKey },
      );
      if (this.#attempt !== attempt) return takeBack(this.backend(), factor.id);
      this.#intent = undefined;
      this.#pending = this.#follow(factor, entry);
      if (challenge) this.#pending.code.adopt(challenge);
      else this.#pending.code.send();
    } catch (reason) {
      if (this.#attempt === attempt) this.#fail(entry, toMfaError(reason));
    }
  }

  /** The number that a code was sent to already: back to its code, or another try at sending. */
  #continue(pending: Pending, entry: PhoneEntry): void {
    const { challenge, state } = pending.code;
    if (!challenge || state.wantsNewCode) pending.code.send();
    if (pending.code.state.activity !== 'sending') {
      this.set({ step: 'code', factor: pending.factor, entry, code: pending.code.state });
    }
  }

  /** Watches the code of a factor that was just made. */
  #follow(factor: AuthenticationFactor, entry: PhoneEntry): Pending {
    const pending: Pending = {
      e164: entry.e164,
      factor,
      isConfirmed: false,
      code: new CodeSession({
        backend: this.backend,
        factorId: factor.id,
        sendsMessage: true,
        onChange: (code) => {
          const state = this.get();
          // On the form only a message that it waits for leads on: not the clock, nor one asked for before.
          const isAwaited = state.step === 'phone' && state.isSending && this.#pending === pending;
          if (state.step === 'code') this.set({ ...state, code });
          else if (isAwaited && pending.code.challenge) this.set({ step: 'code', factor, entry, code });
        },
        onVerified: () => {
          const verified: AuthenticationFactor = { ...factor, status: 'verified' };
          this.#pending = undefined;
          this.set({ step: 'done', factor: verified });
          this.emit((to) => to.onDone(verified));
        },
        isStillThere: async () => {
          const known = (await this.backend().listFactors()).find(({ id }) => id === factor.id);
          pending.isConfirmed = known?.status === 'verified';
          return known !== undefined;
        },
        onError: (error) => {
          const state = this.get();
          if (error.code === 'not_found' && this.#pending === pending) this.#dropPending(false); // begin with the number
          if (state.step === 'phone' && !state.isSending) return this.emit((to) => to.onError(error));
          if (state.step === 'code' && error.code !== 'not_found')
            return this.emit((to) => to.onError(error));
          this.#fail(entry, error);
        },
      }),
    };
    return pending;
  }

  #fail(entry: PhoneEntry, error: MfaError): void {
    this.#attempt = undefined;
    if (!mayHaveSucceeded(error)) this.#intent = undefined;
    const retryAt =
      this.#pending?.code.state.resendAt ?? (error.retryAfter ? deadlineIn(error.retryAfter) : undefined);
    this.set({ step: 'phone', entry, isSending: false, error, retryAt });
    this.emit((to) => to.onError(error));
  }

  #dropPending(keepalive: boolean): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (!pending) return;
    const checking = pending.code.close();
    if (pending.isConfirmed) return;
    const { id } = pending.factor;
    if (!checking) takeBack(this.backend(), id, { keepalive });
    else if (!keepalive) void checking.then((isVerified) => isVerified || takeBack(this.backend(), id));
  }
}
