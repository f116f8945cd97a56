import { createMemoryStore, type MfaEvent, type MfaHandlerOptions, type MfaUser } from 'mfa-kit/server';
import type { MfaStore, VerifiedEvent } from 'mfa-kit/server';
import { expect } from 'vitest';

import { ADA, type Answer, EVE, mountHandler } from '../mounted-handler.js';

export const SECOND = 1_000; // milliseconds
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

/** The account's owner, in the session they are honest in. */
export const OWNER: MfaUser = ADA;
/** Who has the owner's password, and so a session of the same account, from somewhere else. */
export const THIEF: MfaUser = { ...ADA, sessionId: 'session_thief', clientIp: '198.51.100.66' };
/** Another account's user, who is after the owner's. */
export const STRANGER: MfaUser = EVE;

export type UnderAttack = ReturnType<typeof underAttack>;
export type Client = ReturnType<UnderAttack['as']>;

/** What becomes of a call of the store: `lost` is carried out, and then nobody hears of it. */
export type Fault = 'none' | 'down' | 'lost';

/**
 * The real handler before the real emulator, for any number of users in any number of sessions, with everything written
 * down that must not tell too much: events, what the host was told, each text the store was given.
 */
export function underAttack(overrides: Partial<MfaHandlerOptions> = {}) {
  const events: MfaEvent[] = [];
  const told: VerifiedEvent[] = [];
  const texts: string[] = [];
  const memory = overrides.store ?? createMemoryStore();
  const faults = { store: (_call: 'read' | 'swap', _key: string): Fault | Promise<Fault> => 'none' };
  async function withFault<T>(call: 'read' | 'swap', key: string, work: () => Promise<T>): Promise<T> {
    const fault = await faults.store(call, key);
    if (fault === 'down') throw new Error('55P03: lock not available');
    const result = await work();
    if (fault === 'lost') throw new Error('08006: connection failure');
    return result;
  }
  const store: MfaStore = {
    read: (key) => withFault('read', key, () => memory.read(key)),
    swap(change) {
      texts.push(JSON.stringify(change), change.to ?? '');
      return withFault('swap', change.key, () => memory.swap(change));
    },
  };
  const mounted = mountHandler({
    user: ({ headers }) => {
      const cookie = headers.get('Cookie');
      return cookie === null ? null : JSON.parse(decodeURIComponent(cookie));
    },
    ...overrides,
    store,
    onVerified: (event) => {
      told.push(event);
      return overrides.onVerified?.(event);
    },
    onEvent: (event) => {
      events.push(event);
      return overrides.onEvent?.(event);
    },
  });
  const { emulator, clock, as: browserOf } = mounted;

  /** A browser that is signed in as anybody, in any session. */
  const as = (user: MfaUser | null) =>
    browserOf(user && { ...user, id: encodeURIComponent(JSON.stringify(user)) });

  /** A code that the factor does not take now, nor a minute around it. */
  function wrongCode(factorId: string): string {
    const isSms = emulator.factors.find(({ id }) => id === factorId)?.type === 'sms';
    const steps = isSms ? [0] : [-60, -30, 0, 30, 60];
    const right = steps.map((seconds) => emulator.currentCode(factorId, clock.now + seconds * SECOND));
    return ['000000', '111111', '222222', '333333', '444444', '555555'].find(
      (code) => !right.includes(code),
    )!;
  }

  /** Enrols a factor and confirms it, half a minute later. */
  async function settle(user: MfaUser, enrol: (client: Client) => Promise<{ id: string }>): Promise<string> {
    const { id } = await enrol(as(user));
    expect((await as(user).prove(id)).body.valid).toBe(true);
    return id;
  }

  return Object.assign(mounted, {
    as,
    events,
    told,
    texts,
    faults,
    wrongCode,
    /** A verified authenticator app. Where the account has a factor already, its session has to be a proven one. */
    addApp: (user: MfaUser) => settle(user, (client) => client.enrolTotp()),
    addPhone: (user: MfaUser, number?: string) => settle(user, (client) => client.enrolSms(number)),
    /** The calls that went upstream, as `POST /auth/factors/enroll`. */
    calls: () => mounted.requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`),
    /** What is in the store under a user's key. */
    recordOf: async ({ id }: MfaUser) => (await memory.read(`user:${id}`)) ?? '',
  });
}

/** Status and code, by which refusals are told apart. */
export const verdict = ({ status, body }: Answer): unknown[] => [status, body?.code ?? body?.valid];

export const REFUSALS = {
  notFound: [404, 'entity_not_found'],
  forbidden: [403, 'forbidden'],
  stepUp: [403, 'step_up_required'],
  conflict: [409, 'conflict'],
  challengeUsed: [422, 'authentication_challenge_previously_verified'],
  codeUsed: [422, 'one_time_code_previously_used'],
  tooManyAttempts: [429, 'one_time_code_too_many_attempts'],
  rateLimited: [429, 'rate_limit_exceeded'],
  upstream: [502, 'server_error'],
  unavailable: [503, 'server_error'],
} satisfies Record<string, unknown[]>;
export const RIGHT = [200, true];
export const WRONG = [200, false];

/** How often each verdict came. */
export function tally(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) {
    const name = verdict(answer).join(' ');
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** A promise that somebody else settles: to hold a request at one place. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Waits until something has come about in other requests. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 2_000) throw new Error('It never came about.');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
