import * as z from 'zod/mini';

import { parseJson } from '../parse-json.js';
import { Refusal } from '../refusal.js';
import type { Records } from './records.js';
import { newUserRecord, type UserRecord, userRecordSchema } from './user-record.schema.js';

/** What is kept of each user. */
export interface UserRecords {
  /** As it is now, or was a moment ago: to show, never to permit anything by. */
  read(userId: string): Promise<UserRecord>;
  /**
   * Changes it in one atomic step. `change` gets a copy of its own to write into; what it returns is returned. Where it
   * throws, or changes nothing, nothing is written.
   */
  change<T>(userId: string, change: (record: UserRecord) => T): Promise<T>;
}

export const userKey = (userId: string) => `user:${userId}`;

export function createUserRecords(records: Records): UserRecords {
  return {
    read: async (userId) => parseRecord(await records.read(userKey(userId)), userId),
    change: (userId, change) =>
      records.change(userKey(userId), (text) => {
        const record = parseRecord(text, userId);
        const before = JSON.stringify(record);
        const result = change(record);
        if (JSON.stringify(record) === before) return { next: undefined, result };
        record.revision += 1;
        return { next: { to: JSON.stringify(record), expiresAt: null }, result };
      }),
  };
}

/** @throws {Refusal} If it is no record, or another user's: to go on as if they had no factor would open the door. */
export function parseRecord(text: string | null, userId: string): UserRecord {
  if (text === null) return newUserRecord(userId);
  const record = readRecord(text);
  if (record?.userId === userId) return record;
  throw new Refusal('unavailable');
}

/** `undefined` where somebody else has written there. */
export function readRecord(text: string): UserRecord | undefined {
  try {
    return z.parse(userRecordSchema, parseJson(text));
  } catch {
    return undefined;
  }
}
