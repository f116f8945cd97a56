import * as z from 'zod/mini';

import { addressGroup } from './client-address.js';
import type { Fingerprints } from './fingerprint.js';
import type { Limits } from './limits.js';
import { parseJson } from './parse-json.js';
import type { Records } from './records/records.js';
import { Refusal } from './refusal.js';
import { giveBack, type RateRule, requireRoom } from './rules/rate-rule.js';

const timesSchema = z.array(z.number());

/** Counts text messages by what no single user's record knows: the number, the client's address, all together. */
export interface MessageLimits {
  /**
   * Takes one message from each limit, or from none.
   * @param phone Fingerprint of the number.
   * @param isConfirmed Whether somebody has shown a code that was sent there. What others ask for a number that is not
   * theirs must not use up what is its owner's.
   * @returns How to give it back, where no message went out. It never rejects.
   */
  take(
    to: { phone: string; isConfirmed: boolean },
    clientIp: string | undefined,
  ): Promise<() => Promise<void>>;
}

export function createMessageLimits(
  records: Records,
  limits: Limits,
  fingerprints: Fingerprints,
  now: () => number,
): MessageLimits {
  async function takeOne(key: string, rules: readonly RateRule[]): Promise<() => Promise<void>> {
    const at = await records.change(key, (text) => {
      const time = now();
      return { next: write([...requireRoom(readTimes(text), rules, time), time], rules), result: time };
    });
    return () =>
      records.change(key, (text) => ({
        next: write(giveBack(readTimes(text), at), rules),
        result: undefined,
      }));
  }

  return {
    async take({ phone, isConfirmed }, clientIp) {
      const taken: (() => Promise<void>)[] = [];
      const giveAllBack = async () => {
        await Promise.allSettled(taken.map((back) => back()));
      };
      try {
        const number = `messages:number:${phone}${isConfirmed ? '' : ':unconfirmed'}`;
        taken.push(await takeOne(number, limits.messagesPerNumber));
        if (clientIp !== undefined) {
          const address = fingerprints.of('address', addressGroup(clientIp));
          taken.push(await takeOne(`messages:address:${address}`, limits.messagesPerAddress));
        }
        taken.push(
          await takeOne('messages:all', isConfirmed ? limits.messages : limits.messages.map(shareOf)),
        );
        return giveAllBack;
      } catch (error) {
        await giveAllBack();
        throw error;
      }
    },
  };
}

/** Four fifths, so that something is left for who has to sign in. */
const shareOf = ({ count, seconds }: RateRule): RateRule => ({ count: Math.ceil(count * 0.8), seconds });

function readTimes(text: string | null): number[] {
  if (text === null) return [];
  try {
    return z.parse(timesSchema, parseJson(text));
  } catch {
    throw new Refusal('unavailable'); // somebody else has written there
  }
}

function write(times: readonly number[], rules: readonly RateRule[]) {
  const longest = Math.max(...rules.map(({ seconds }) => seconds * 1000));
  const newest = Math.max(...times);
  return times.length === 0
    ? { to: null, expiresAt: null }
    : { to: JSON.stringify(times), expiresAt: newest + longest };
}
