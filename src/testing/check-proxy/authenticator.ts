const STEP = 30_000; // milliseconds

export interface AuthenticatorOptions {
  /** Base32. It is in here, and goes nowhere else. */
  secret: string;
  /** The clock of whoever checks the codes, milliseconds since 1970. */
  now: () => number;
  /** @param time Milliseconds since 1970. */
  codeAt: (secret: string, time: number) => string;
}

/** The code of the step before may run out on its way in the last so many milliseconds of a step. */
const MARGIN = 10_000;

/**
 * An authenticator app for one factor. WorkOS takes the codes of the step before, of now and of the next, so two
 * different ones are always at hand, and a third one within ten seconds.
 */
export class Authenticator {
  readonly #options: AuthenticatorOptions;
  #last = -Infinity;
  #wrong = 0;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
  }

  get #step(): number {
    return Math.floor(this.#options.now() / STEP);
  }

  #code(step: number): string {
    return this.#options.codeAt(this.#options.secret, step * STEP);
  }

  /** A right code, later than every one before: a proxy may rightly take none that is older. */
  async next(): Promise<string> {
    const left = STEP - (this.#options.now() % STEP);
    const step = Math.max(this.#last + 1, left > MARGIN ? this.#step - 1 : this.#step);
    this.#last = step;
    if (step > this.#step + 1) await new Promise((resolve) => setTimeout(resolve, left));
    return this.#code(step);
  }

  /** The code that `next` gave last; `undefined` once time alone has made it a wrong one. */
  again(): string | undefined {
    return this.#last >= this.#step - 1 ? this.#code(this.#last) : undefined;
  }

  /** A wrong code, another each time, and wrong for minutes to come. */
  wrong(): string {
    const right = new Set(Array.from({ length: 21 }, (_, index) => this.#code(this.#step + index - 10)));
    for (;;) {
      this.#wrong += 1;
      const code = String(173_205 + this.#wrong * 31_416).slice(-6);
      if (!right.has(code)) return code;
    }
  }
}
