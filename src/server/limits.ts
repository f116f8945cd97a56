import { mistake, requireNames, shown } from './mistake.js';
import type { RateRule } from './rules/rate-rule.js';

/** What the handler counts. Every limit holds over all processes that share a store. */
export interface MfaLimits {
  /** Codes that one challenge takes. Default 5. */
  codesPerChallenge?: number | undefined;
  /** Wrong codes of one user, over all their factors and challenges. Default 10 in 15 minutes. */
  wrongCodesPerUser?: RateRule | readonly RateRule[] | undefined;
  /** Text messages sent for one user. Default 1 in 30 seconds and 5 in an hour; so the next two. */
  messagesPerUser?: RateRule | readonly RateRule[] | undefined;
  /** Text messages sent to one number, whoever asks. */
  messagesPerNumber?: RateRule | readonly RateRule[] | undefined;
  /** Text messages asked for from one `clientIp` (of IPv6, from one /64). */
  messagesPerAddress?: RateRule | readonly RateRule[] | undefined;
  /** Text messages of all users together: the most that an attack can cost. Default 500 in an hour. */
  messages?: RateRule | readonly RateRule[] | undefined;
  /** Factors of one user, pending ones included. Default 10. */
  factorsPerUser?: number | undefined;
  /** How long a factor may stay pending. Default 900 seconds. */
  pendingSeconds?: number | undefined;
  /** How long a right code allows to add and remove factors, in the session it was given in. Default 300 seconds. */
  stepUpSeconds?: number | undefined;
  /** How long an accepted authenticator code is refused. Default 120 seconds; WorkOS itself takes one for up to 90. */
  codeReuseSeconds?: number | undefined;
}

/** The limits in force: each is there, and rules are lists. */
export type Limits = ReturnType<typeof checkLimits>;

const MESSAGES: readonly RateRule[] = [
  { count: 1, seconds: 30 },
  { count: 5, seconds: 3600 },
];

const NAMES = [
  'codesPerChallenge',
  'wrongCodesPerUser',
  'messagesPerUser',
  'messagesPerNumber',
  'messagesPerAddress',
  'messages',
  'factorsPerUser',
  'pendingSeconds',
  'stepUpSeconds',
  'codeReuseSeconds',
] as const satisfies (keyof MfaLimits)[];

/** @throws {Error} If a limit is none. */
export function checkLimits(given: MfaLimits = {}) {
  requireNames('limits', given, NAMES, 'limits: { codesPerChallenge: 5 }');
  const whole = (name: keyof MfaLimits, value: unknown, byDefault: number): number => {
    if (value === undefined) return byDefault;
    if (isWhole(value)) return value;
    throw mistake(
      `the limit ${name}: ${shown(value)}`,
      'A limit that is no number would never be reached.',
      `${name}: ${byDefault}, or another whole number from 1`,
    );
  };
  const rules = (
    name: keyof MfaLimits,
    value: unknown,
    byDefault: readonly RateRule[],
  ): readonly RateRule[] => {
    if (value === undefined) return byDefault;
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (list.length > 0 && list.every(isRule)) return list.map(({ count, seconds }) => ({ count, seconds }));
    throw mistake(
      `the limit ${name}: ${shown(value)}`,
      'A limit that is no rule would never be reached.',
      `${name}: { count: 5, seconds: 3600 }, or a list of such rules, in whole numbers from 1`,
    );
  };
  return {
    codesPerChallenge: whole('codesPerChallenge', given.codesPerChallenge, 5),
    wrongCodesPerUser: rules('wrongCodesPerUser', given.wrongCodesPerUser, [{ count: 10, seconds: 900 }]),
    messagesPerUser: rules('messagesPerUser', given.messagesPerUser, MESSAGES),
    messagesPerNumber: rules('messagesPerNumber', given.messagesPerNumber, MESSAGES),
    messagesPerAddress: rules('messagesPerAddress', given.messagesPerAddress, MESSAGES),
    messages: rules('messages', given.messages, [{ count: 500, seconds: 3600 }]),
    factorsPerUser: whole('factorsPerUser', given.factorsPerUser, 10),
    pendingSeconds: whole('pendingSeconds', given.pendingSeconds, 900),
    stepUpSeconds: whole('stepUpSeconds', given.stepUpSeconds, 300),
    codeReuseSeconds: whole('codeReuseSeconds', given.codeReuseSeconds, 120),
  };
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 1;

const isRule = (value: unknown): value is RateRule =>
  typeof value === 'object' &&
  value !== null &&
  'count' in value &&
  'seconds' in value &&
  isWhole(value.count) &&
  isWhole(value.seconds);
