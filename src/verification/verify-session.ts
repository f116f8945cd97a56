import type {
  AuthenticationChallenge,
  AuthenticationFactor,
  MfaBackend,
  Verification,
} from '../backend/mfa-backend.js';
import type { MfaError } from '../backend/mfa-error.js';
import { Session } from '../provider/session.js';
import { CodeSession } from './code-session.js';
import type { CodeState } from './code-state.js';
import { type Deadline, millisecondsUntil } from './deadline.js';

export type VerifyState =
  /** There is nothing to verify with. */
  | { step: 'unavailable' }
  | { step: 'sending' }
  | { step: 'failed'; error: MfaError; retryAt: Deadline | undefined; isRetrying: boolean }
  | { step: 'code'; code: CodeState }
  | { step: 'done'; verification: Verification };

/** What a verification is for: a factor, whose challenge it starts, or a challenge that the host has started. */
export type VerifyTarget =
  | { factor: AuthenticationFactor; challenge?: undefined }
  | { factor?: AuthenticationFactor | undefined; challenge: AuthenticationChallenge };

/** One verification of one factor. */
export class VerifySession extends Session<VerifyState, Verification> {
  readonly #target: VerifyTarget | undefined;
  readonly #factorId: string;
  readonly #code: CodeSession;
  #isStarted = false;
  /** There was a challenge, so there is a field to say things at. */
  #isAnswered = false;

  constructor(backend: () => MfaBackend, target: VerifyTarget | undefined) {
    super(backend, { step: target ? 'sending' : 'unavailable' });
    this.#target = target;
    this.#factorId = target?.factor?.id ?? target?.challenge?.factorId ?? '';
    this.#code = new CodeSession({
      backend,
      factorId: this.#factorId,
      sendsMessage: sendsMessage(target),
      onChange: (code) => this.#show(code),
      onVerified: (verification) => {
        this.set({ step: 'done', verification });
        this.emit((to) => to.onDone(verification));
      },
      isStillThere: async () => (await backend().listFactors()).some(({ id }) => id === this.#factorId),
      onError: (error) => {
        // Without a challenge, or with one that is gone together with its factor, nothing in the field can help.
        if (!this.#isAnswered || error.code === 'not_found') this.#fail(error);
        this.emit((to) => to.onError(error));
      },
    });
  }

  get isDone(): boolean {
    return this.get().step === 'done';
  }

  /** A message on its way is worth waiting for: coming back shows the same challenge, and sends nothing. */
  override get patience(): number {
    const state = this.get();
    if (state.step !== 'code' || !sendsMessage(this.#target)) return super.patience;
    return Math.max(super.patience, state.code.expiry ? millisecondsUntil(state.code.expiry) : 0);
  }

  get canResend(): boolean {
    return this.#factorId !== '' && sendsMessage(this.#target);
  }

  override start(): void {
    if (this.#isStarted || !this.#target) return;
    this.#isStarted = true;
    const { challenge } = this.#target;
    if (challenge) this.#code.adopt(challenge);
    else this.#code.send();
  }

  override close({ keepalive = false }: { keepalive?: boolean } = {}): void {
    // A page that comes back goes on with the challenge it had, and sends nothing.
    if (this.isDone || keepalive || !this.#target) return;
    this.#isStarted = false;
    this.#isAnswered = false;
    this.forgetUnheard();
    void this.#code.close();
    this.set({ step: 'sending' });
  }

  /** Starts the challenge again after it failed, or a new one. */
  readonly send = (): void => this.#code.send();
  readonly submit = (code: string): void => this.#code.submit(code);

  #show(code: CodeState): void {
    const state = this.get();
    this.#isAnswered ||= this.#code.challenge !== undefined;
    if (this.#isAnswered && code.activity !== 'sending') this.set({ step: 'code', code });
    else if (state.step === 'failed') this.set({ ...state, isRetrying: code.activity === 'sending' });
    else if (state.step === 'code') this.set({ step: 'code', code });
  }

  #fail(error: MfaError): void {
    this.#isAnswered = false;
    const { problem, resendAt } = this.#code.state;
    const retryAt = problem?.kind === 'locked' ? problem.until : resendAt;
    this.set({ step: 'failed', error, retryAt, isRetrying: false });
  }
}

/** Where only a challenge is known, another one might send a message: none is started without the person's wish. */
function sendsMessage(target: VerifyTarget | undefined): boolean {
  return target?.factor?.type !== 'totp';
}
