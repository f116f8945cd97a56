import type { MfaBackend } from '../backend/mfa-backend.js';
import type { MfaError } from '../backend/mfa-error.js';
import { Observable } from './observable.js';

/** What a session tells the components that show it. */
export interface SessionEvents<Result> {
  onDone: (result: Result) => void;
  onError: (error: MfaError) => void;
}

/**
 * One flow, from its first request to its end. It belongs to the provider and outlives the component that shows it, so
 * that StrictMode, a remount or a Suspense fallback neither repeats a request nor loses its answer.
 * Making one sends nothing; `start` does.
 */
export abstract class Session<State, Result> extends Observable<State> {
  /** How long it waits for a component to come back, in milliseconds. */
  get patience(): number {
    return 10_000;
  }
  /** Whether it has reached an end, so that the next component begins a new one. */
  abstract readonly isDone: boolean;

  readonly #listeners = new Set<SessionEvents<Result>>();
  /** An event that found nobody listening, as between the two mounts of a remount. */
  readonly #unheard: ((to: SessionEvents<Result>) => void)[] = [];

  constructor(
    protected readonly backend: () => MfaBackend,
    initial: State,
  ) {
    super(initial);
  }

  /** Begins, or goes on. Called on every mount, so it must do nothing where all is under way. */
  abstract start(): void;

  /**
   * Goes back to the beginning for good: forgets what is secret, takes back what is pending, ignores late answers.
   * `keepalive` tells that the page itself is going.
   */
  abstract close(options?: { keepalive?: boolean }): void;

  /** Whether all that happened has been told: an end that nobody has heard of is kept for the next component. */
  get isHeard(): boolean {
    return this.#unheard.length === 0;
  }

  listen(listener: SessionEvents<Result>): () => void {
    this.#listeners.add(listener);
    for (const tell of this.#unheard.splice(0)) tell(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Nobody is to hear of what happened before. */
  protected forgetUnheard(): void {
    this.#unheard.length = 0;
  }

  protected emit(tell: (to: SessionEvents<Result>) => void): void {
    if (this.#listeners.size === 0) this.#unheard.push(tell);
    for (const listener of this.#listeners) tell(listener);
  }
}
