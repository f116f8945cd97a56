import type { TypingCost } from './typing-cost.ts';
import type { Weight } from './weight.ts';

/** What our own field may cost. The peers are not held to it. */
export interface Budget {
  first: number;
  lazy: number;
  commits: number;
  callsPerDigit: number;
}

export const CODE_BUDGET: Budget = { first: 2500, lazy: 0, commits: 0, callsPerDigit: 450 };
export const PHONE_BUDGET: Budget = { first: 5000, lazy: 38_000, commits: 0, callsPerDigit: 700 };

/** A sentence for each budget that is exceeded. */
export function overBudget(budget: Budget, weight: Weight, cost: TypingCost): string[] {
  const lines: [what: string, is: number, may: number][] = [
    ['bytes on first load', weight.first, budget.first],
    ['bytes loaded later', weight.lazy, budget.lazy],
    ['React commits a digit', cost.commits, budget.commits],
    ['function calls a digit', Math.round(cost.calls.digit), budget.callsPerDigit],
  ];
  return lines
    .filter(([, is, may]) => is > may)
    .map(([what, is, may]) => `mfa-kit is over its budget: ${is} ${what}, and ${may} at most.`);
}
