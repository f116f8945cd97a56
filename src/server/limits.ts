import { mistake, requireNames, shown } from './mistake.js';
import type { RateRule } from './rules/rate-rule.js';

/** What the handler counts. Every limit holds over all processes that share a store. */
export interface MfaLimits {
  /** Codes that one challenge takes. Default 5. */
  codesPerChallenge?: number | undefined;
  /** Wrong codes of one user, over all their factors and challenges. Default 10 in 15 minutes. */
  wrongCodesPerUser?: RateRule | readonly RateRule[] | undefined;
  /**
   * Codes of one user that WorkOS gave no verdict on: it failed, or was too late. They are not taken for wrong, so that an
   * outage locks nobody's challenge, and are counted, because it may have judged them. Default 30 in 15 minutes.
   */
  unjudgedCodesPerUser?: RateRule | readonly RateRule[] | undefined;
  /** Challenges started by one user, of whatever kind. Default 60 in 15 minutes. */
  challengesPerUser?: RateRule | readonly RateRule[] | undefined;
  /** Enrolments begun by one user. Default 60 in an hour. */
  enrollmentsPerUser?: RateRule | readonly RateRule[] | undefined;
  /** Text messages sent for one user. Default 1 in 30 seconds and 5 in an hour; so the next two. */
  messagesPerUser?: RateRule | readonly RateRule[] | undefined;
  /** Text messages sent to one number, whoever asks: to those who have confirmed it, and apart from them to all others. */
  messagesPerNumber?: RateRule | readonly RateRule[] | undefined;
  /** Text messages asked for from one `clientIp` (of IPv6, from one /64). */
  messagesPerAddress?: RateRule | readonly RateRule[] | undefined;
  /**
   * Text messages of all users together: the most that an attack can cost. Default 500 in an hour. Four fifths of them may go to
   * numbers that nobody has confirmed yet.
   */
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

/** Seconds for which WorkOS takes an authenticator's code: its own 30, and those before and after. */
const CODE_LIFE = 90;

const NAMES = [
  'codesPerChallenge',
  'wrongCodesPerUser',
  'unjudgedCodesPerUser',
  'challengesPerUser',
  'enrollmentsPerUser',
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
  const whole = (name: keyof MfaLimits, value: unknown, byDefault: number, least = 1): number => {
    if (value === undefined) return byDefault;
    if (isWhole(value) && value >= least) return value;
    throw mistake(
      `the limit ${name}: ${shown(value)}`,
      'A limit that is no number would never be reached.',
      `${name}: ${byDefault}, or another whole number from ${least}`,
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
      `${name}: { count: 5, seconds: 3600 }, or a list of such rules, in whole numbers from 1, with a count of ${MOST} at most`,
    );
  };
  return {
    codesPerChallenge: whole('codesPerChallenge', given.codesPerChallenge, 5),
    wrongCodesPerUser: rules('wrongCodesPerUser', given.wrongCodesPerUser, [{ count: 10, seconds: 900 }]),
    unjudgedCodesPerUser: rules('unjudgedCodesPerUser', given.unjudgedCodesPerUser, [
      { count: 30, seconds: 900 },
    ]),
    challengesPerUser: rules('challengesPerUser', given.challengesPerUser, [{ count: 60, seconds: 900 }]),
    enrollmentsPerUser: rules('enrollmentsPerUser', given.enrollmentsPerUser, [{ count: 60, seconds: 3600 }]),
    messagesPerUser: rules('messagesPerUser', given.messagesPerUser, MESSAGES),
    messagesPerNumber: rules('messagesPerNumber', given.messagesPerNumber, MESSAGES),
    messagesPerAddress: rules('messagesPerAddress', given.messagesPerAddress, MESSAGES),
    messages: rules('messages', given.messages, [{ count: 500, seconds: 3600 }]),
    factorsPerUser: whole('factorsPerUser', given.factorsPerUser, 10),
    pendingSeconds: whole('pendingSeconds', given.pendingSeconds, 900),
    stepUpSeconds: whole('stepUpSeconds', given.stepUpSeconds, 300),
    codeReuseSeconds: whole('codeReuseSeconds', given.codeReuseSeconds, 120, CODE_LIFE),
  };
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 1;

/** A record of more times than that would be too long for the store. */
const MOST = 10_000;

const isRule = (value: unknown): value is RateRule =>
  typeof value === 'object' &&
  value !== null &&
  'count' in value &&
  'seconds' in value &&
  isWhole(value.count) &&
  value.count <= MOST &&
  isWhole(value.seconds);
