import { createWorkOsEmulator } from 'mfa-kit/emulator';

/** The emulator, with a clock that can be set ahead and a memory of what it was asked. */
export class WatchedWorkOs {
  secondsAhead = 0;
  /** Calls it a success each time when a code is right, not the first time only: then nobody but the handler refuses. */
  isForgetful = false;
  /** What was asked since the last `watch()`: `POST /auth/factors/enroll`. */
  requests: string[] = [];
  readonly emulator;
  readonly #successes = new Map<string, string>();

  constructor(apiKey: string) {
    this.emulator = createWorkOsEmulator({ apiKey, now: () => Date.now() + this.secondsAhead * 1000 });
  }

  /** Begins to count anew. */
  watch(): void {
    this.requests = [];
  }

  /** How many requests were made whose method and path match. */
  count(pattern: RegExp): number {
    return this.requests.filter((request) => pattern.test(request)).length;
  }

  readonly fetch = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    this.requests.push(`${request.method} ${pathname}`);
    const asked = pathname + (await request.clone().text());
    const success = this.isForgetful ? this.#successes.get(asked) : undefined;
    if (success !== undefined) return Response.json(JSON.parse(success), { status: 201 });
    const response = await this.emulator.fetch(request);
    const text = await response.clone().text();
    if (text.includes('"valid":true')) this.#successes.set(asked, text);
    return response;
  };
}
