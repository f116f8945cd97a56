import type { Verdict } from '../../test/field-lab/behavior.ts';
import { table } from './table.ts';
import type { TypingCost } from './typing-cost.ts';
import type { Weight } from './weight.ts';

export interface Scored {
  name: string;
  verdicts: Verdict[];
}

export interface Costed {
  name: string;
  /** The plain input weighs nothing. */
  weight?: Weight;
  cost: TypingCost;
}

/** How many behaviours of each group every entrant has. */
export function scoreTable(entrants: readonly Scored[]): string {
  const [first] = entrants;
  const groups = [...new Set(first?.verdicts.map(({ about }) => about))];
  return table(
    ['', ...entrants.map(({ name }) => name)],
    [
      ...groups.map((group) => [
        group,
        ...entrants.map(({ verdicts }) => score(verdicts.filter(({ about }) => about === group))),
      ]),
      ['**all**', ...entrants.map(({ verdicts }) => `**${score(verdicts)}**`)],
    ],
  );
}

/** What an entrant does otherwise, a line each. */
export function failureList({ name, verdicts }: Scored): string {
  const failed = verdicts.filter(({ failure }) => failure !== undefined);
  if (failed.length === 0) return `${name}: none fails.`;
  return [
    `${name}: ${failed.length} fail.`,
    ...failed.map(({ about, title, failure }) => `- ${about}: ${title} (${failure})`),
  ].join('\n');
}

/** One row for each entrant; the last one is what time is read against. */
export function costTable(entrants: readonly Costed[]): string {
  const base = entrants.at(-1)?.cost.script ?? NaN;
  return table(
    [
      '',
      'JS kB',
      'lazy kB',
      'CSS kB',
      'nodes mounted',
      'focused',
      'filled',
      'calls to mount',
      'calls/digit',
      'commits/digit',
      'script time/key',
    ],
    entrants.map(({ name, weight, cost: { nodes, calls, commits, script } }) => [
      name,
      kb(weight?.first),
      kb(weight?.lazy),
      kb(weight?.css),
      `${nodes.mounted}`,
      `${nodes.focused}`,
      `${nodes.filled}`,
      calls.mount.toLocaleString('en'),
      Math.round(calls.digit).toLocaleString('en'),
      `${Number(commits.toFixed(1))}`,
      `${(script / base).toFixed(1)} ×`,
    ]),
  );
}

const score = (verdicts: Verdict[]) =>
  `${verdicts.filter(({ failure }) => failure === undefined).length}/${verdicts.length}`;

const kb = (bytes: number | undefined) => (bytes ? (bytes / 1000).toFixed(1) : '–');
