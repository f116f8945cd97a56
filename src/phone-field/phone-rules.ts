import type { PhoneNumberReason } from '../messages/messages.js';
import type { PhoneEngine } from './load-phone-engine.js';
import { dropTrunk, isJustNumber, normalizePhoneText, significant } from './phone-text.js';

export interface PhoneNumberRules {
  /** The country whose numbers may be written without a calling code: ISO 3166-1 alpha-2. */
  country?: string | undefined;
  /** The only countries whose numbers are taken. Without it, all are. */
  countries?: readonly string[] | undefined;
  /** Numbers taken although no numbering plan knows them: E.164, such as WorkOS's `+15005550006`. */
  testNumbers?: readonly string[] | undefined;
}

export type PhoneNumberResult =
  | {
      ok: true;
      e164: string;
      /** ISO 3166-1 alpha-2; `undefined` where several countries share the number's plan and none is known. */
      country: string | undefined;
    }
  | { ok: false; reason: PhoneNumberReason };

/** E.164's form alone, for when the engine cannot be loaded: the server decides then. */
export function readE164(text: string): PhoneNumberResult {
  const compact = dropTrunk(normalizePhoneText(text)).replace(/[ ()./-]/g, '');
  if (compact === '') return { ok: false, reason: 'empty' };
  return /^\+[1-9]\d{6,14}$/.test(compact)
    ? { ok: true, e164: compact, country: undefined }
    : { ok: false, reason: 'invalid' };
}

/** What a number means, and whether a text message can be sent to it. */
export function interpretPhoneNumber(
  text: string,
  rules: PhoneNumberRules,
  engine: PhoneEngine,
): PhoneNumberResult {
  if (text.length > 200) return { ok: false, reason: 'too_long' }; // before any work is done on it
  const plain = dropTrunk(normalizePhoneText(text));
  if (!/\d/.test(plain)) return { ok: false, reason: plain === '' ? 'empty' : 'invalid' };
  // The engine does not know all the punctuation that people put between digits.
  return engine.readPhoneNumber(isJustNumber(plain) ? significant(plain) : plain, rules, engine);
}
