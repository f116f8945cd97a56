import { type CheckGroup, type CheckName, CONTRACT_ROWS } from './contract.js';

/**
 * `passed`: as the contract wants it. `missed`: not so. `advised`: not so, and only recommended. `not_checked`: it could
 * not be tried; `detail` says why.
 */
export type CheckOutcome = 'passed' | 'missed' | 'advised' | 'not_checked';

export interface ProxyCheck {
  group: CheckGroup;
  name: CheckName;
  outcome: CheckOutcome;
  /** What was sent, what came and, where it was not that, what is wanted. No id, code, secret, number or cookie. */
  detail: string;
}

/** So many offenders are named in one row. */
const NAMED = 3;

/** What has been seen so far. A row that was missed once stays missed, however often it is looked at again. */
export class Findings {
  readonly #passed = new Map<CheckName, string>();
  readonly #missed = new Map<CheckName, string[]>();
  readonly #skipped = new Map<CheckName, string>();
  readonly #settled = new Set<CheckName>();
  #otherwise = 'An earlier step did not work, so there was nothing to try it on.';

  /** @param seen What was sent and what came, such as `GET /factors → 200`. */
  judge(name: CheckName, isAsWanted: boolean, seen: string): void {
    if (isAsWanted) {
      if (!this.#passed.has(name)) this.#passed.set(name, seen);
    } else {
      const before = this.#missed.get(name) ?? [];
      if (!before.includes(seen)) this.#missed.set(name, [...before, seen]);
    }
  }

  /** Says why rows are not checked; what is judged all the same stays judged. */
  skip(names: readonly CheckName[], why: string): void {
    for (const name of names) if (!this.#skipped.has(name)) this.#skipped.set(name, why);
  }

  /**
   * A chapter has come to its end: what it has passed stays so.
   * @param open Rows of which a later chapter tries the rest.
   */
  settle(open: readonly CheckName[] = []): void {
    for (const name of this.#passed.keys()) if (!open.includes(name)) this.#settled.add(name);
  }

  /** The run has come to its end before the contract's: half a row passed is none, and a row missed stays missed. */
  end(why: string): void {
    for (const name of this.#passed.keys()) if (!this.#settled.has(name)) this.#passed.delete(name);
    this.#otherwise = why;
  }

  rows(): ProxyCheck[] {
    return CONTRACT_ROWS.map(({ group, name, wanted, isAdvice }) => {
      const missed = this.#missed.get(name);
      if (missed) {
        const more = missed.length > NAMED ? `; and ${missed.length - NAMED} more` : '';
        const detail = `${missed.slice(0, NAMED).join('; ')}${more}. Wanted: ${wanted}.`;
        return { group, name, outcome: isAdvice ? 'advised' : 'missed', detail };
      }
      const passed = this.#passed.get(name);
      if (passed !== undefined) return { group, name, outcome: 'passed', detail: `${passed}.` };
      return { group, name, outcome: 'not_checked', detail: this.#skipped.get(name) ?? this.#otherwise };
    });
  }
}
