import { asciiDigits } from '../code-input/ascii-digits.js';

/** Characters that cannot be seen or that turn the writing direction; copied numbers are full of them. */
const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

/** Text as a person writes it, with ASCII digits, a plain plus and plain blanks. Applying it twice changes nothing. */
export function normalizePhoneText(text: string): string {
  return asciiDigits(text)
    .replace(UNSEEN, '')
    .replace(/[＋﹢⁺]/g, '+')
    .replace(/[\s\u3000]+/g, ' ')
    .trim();
}

/** The first phone number in a pasted text: without `tel:`, labels, a trunk `(0)` behind a calling code, extensions. */
export function extractPhoneText(text: string): string {
  const plain = normalizePhoneText(text);
  const run = /(?:\+ ?)?\(?\d[\d ().\-‐-―/·]{3,}\d/.exec(plain)?.[0] ?? plain;
  return dropTrunk(run).trim();
}

/** Without the `(0)` that people put behind a calling code, for those who call from home. */
export const dropTrunk = (text: string): string => text.replace(/^(\+ ?\d{1,3}[ .-]?)\(0\)/, '$1');

/** Whether a normalized text is digits and punctuation alone, with a plus at most in front. */
export const isJustNumber = (plain: string): boolean => /^\+?[\d ().\-‐-―/·]*$/.test(plain);

/** What counts in a number, however it is grouped. */
export const significant = (text: string): string => normalizePhoneText(text).replace(/[^\d+]/g, '');

/** Whether a number was written with what is dialled for abroad (`00`, `011`) and no plus. */
export function isDialledAbroad(text: string, e164: string): boolean {
  const digits = significant(text);
  return !digits.startsWith('+') && digits.length >= e164.length && digits.endsWith(e164.slice(1));
}

/** A text with a caret in it. */
export interface PhoneText {
  text: string;
  caret: number;
}

/** The same number in other groups. The caret keeps as many significant characters on its left as it had. */
export function regroup({ text, caret }: PhoneText, grouped: string): PhoneText {
  if (caret >= text.length) return { text: grouped, caret: grouped.length };
  let left = significant(text.slice(0, caret)).length;
  let at = 0;
  for (const character of grouped) {
    if (left === 0) break;
    left -= significant(character).length;
    at += character.length;
  }
  return { text: grouped, caret: at };
}

/** A deletion in a grouped text: one that meets only punctuation takes the digit behind it, seen from the caret. */
export function cutPhoneText(text: string, start: number, end: number, isForward: boolean): PhoneText {
  let [from, to] = [start, end];
  const isDigit = (at: number) => significant(text.charAt(at)) !== '';
  if (significant(text.slice(from, to)) === '') {
    if (isForward) while (to < text.length && !isDigit(to++));
    else while (from > 0 && !isDigit(--from));
  }
  return { text: text.slice(0, from) + text.slice(to), caret: from };
}
