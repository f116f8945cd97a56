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
        // A lost challenge of a lost factor: nothing in the field can help any more.
        if (error.code === 'not_found') this.#fail(error);
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

  override close(): void {
    if (this.isDone || !this.#target) return;
    this.#isStarted = false;
    void this.#code.close();
    this.set({ step: 'sending' });
  }

  /** Starts the challenge again after it failed, or a new one. */
  readonly send = (): void => this.#code.send();
  readonly submit = (code: string): void => this.#code.submit(code);

  #show(code: CodeState): void {
    const state = this.get();
    const isAnswered = this.#code.challenge !== undefined || code.wantsNewCode || state.step === 'code';
    if (isAnswered) this.set({ step: 'code', code });
    else if (code.problem?.kind === 'failed') this.#fail(code.problem.error, code.resendAt);
    else if (state.step === 'failed') this.set({ ...state, isRetrying: true });
  }

  #fail(error: MfaError, retryAt?: Deadline): void {
    this.set({ step: 'failed', error, retryAt, isRetrying: false });
  }
}

/** Where only a challenge is known, one that expires is one whose code was sent. */
function sendsMessage(target: VerifyTarget | undefined): boolean {
  return target?.factor ? target.factor.type !== 'totp' : target?.challenge?.expiresIn !== undefined;
}
