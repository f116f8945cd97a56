/** What may happen to a call on its way. Each value describes one call from the browser's side. */
export type Fault =
  /** The device has no network: nothing reaches the server. */
  | { kind: 'offline' }
  /** The connection breaks before the request arrives. */
  | { kind: 'unreachable' }
  /** The server does its work, and the answer is lost. */
  | { kind: 'lost_answer' }
  /** Nobody answers, until the caller gives up. */
  | { kind: 'hang' }
  /** The request is that long on its way, then goes through. */
  | { kind: 'slow'; milliseconds: number }
  /** The request waits until `until` settles, then goes through. */
  | { kind: 'held'; until: Promise<unknown> }
  /** The request goes through, and its answer waits until `until` settles. */
  | { kind: 'late'; until: Promise<unknown> }
  /** Something happens at the servers just before the request arrives: a challenge runs out, somebody signs out. */
  | { kind: 'overtaken'; by: () => void }
  /** Something else answers; the handler never hears of it. */
  | { kind: 'answer'; status: number; body?: unknown; headers?: Record<string, string> | undefined }
  /** The handler's answer is changed on its way. */
  | { kind: 'tampered'; change: (body: unknown) => unknown };

/**
 * Which calls: a method and a path below `baseUrl`, `:id` for any id, as in `POST /factors/:id/challenge`. `*` is every
 * call, and the last to be asked: a fault set for a call of that kind goes before one set for all.
 */
export type CallPattern = string;

/** @param call A method and a real path, such as `DELETE /factors/auth_factor_01`. */
export function isCall(call: string, pattern: CallPattern): boolean {
  if (pattern === '*') return true;
  const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+');
  return new RegExp(`^${source}$`).test(call);
}

/** The faults in force, in the order they were set. */
export class Faults {
  readonly #once: [CallPattern, Fault][] = [];
  readonly #always: [CallPattern, Fault][] = [];

  /** Befalls the next call that matches, and no other. Set twice, it befalls the next two. */
  next(pattern: CallPattern, fault: Fault): void {
    this.#once.push([pattern, fault]);
  }

  /** Befalls every call that matches, until the returned function is called. */
  always(pattern: CallPattern, fault: Fault): () => void {
    const entry: [CallPattern, Fault] = [pattern, fault];
    this.#always.push(entry);
    return () => {
      const index = this.#always.indexOf(entry);
      if (index >= 0) this.#always.splice(index, 1);
    };
  }

  clear(): void {
    this.#once.length = 0;
    this.#always.length = 0;
  }

  /** The fault for a call that is made now; one set with `next` is used up by it. */
  take(call: string): Fault | undefined {
    const isThis = ([pattern]: [CallPattern, Fault]) => pattern !== '*' && isCall(call, pattern);
    const isEach = ([pattern]: [CallPattern, Fault]) => pattern === '*';
    const once = this.#once.find(isThis) ?? this.#once.find(isEach);
    if (once) this.#once.splice(this.#once.indexOf(once), 1);
    return (once ?? this.#always.find(isThis) ?? this.#always.find(isEach))?.[1];
  }
}
