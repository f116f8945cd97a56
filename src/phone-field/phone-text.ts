import { asciiDigits } from '../code-input/ascii-digits.js';

/** Characters that cannot be seen or that turn the writing direction; copied numbers are full of them. */
const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

/** Text as a person writes it, in ASCII as far as numbers go. Applying it twice changes nothing. */
export function normalizePhoneText(text: string): string {
  return asciiDigits(text.normalize('NFKC')) // full-width and the like
    .replace(UNSEEN, '')
    .replace(/[‐-―−ー~]/g, '-')
    .replace(/[·・]/g, '.')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\(\+/, '+');
}

/**
 * The one phone number in a pasted text: without `tel:`, labels, a trunk `(0)` behind a calling code, extensions. The
 * text itself, for a person to see to, where it is not plain which that is or whether all of it is there: a wrong number
 * is worse than none.
 */
export function extractPhoneText(text: string): string {
  const plain = normalizePhoneText(text.slice(0, 2000));
  const runs = [...plain.matchAll(/(?:\+ ?)?\(?\d[\d ()./-]{3,}\d/g)];
  const abroad = runs.filter(([run]) => run.startsWith('+'));
  // What is written with a calling code is not what stands beside it: a date, an order, the same number at home.
  const chosen = /\+ ?\(?\d/.test(plain) ? abroad : runs;
  const [first] = chosen;
  if (!first || chosen.some(([run]) => significant(run) !== significant(first[0]))) return plain;
  const before = plain.slice(0, first.index);
  const behind = plain.slice(first.index + first[0].length);
  const isPart =
    /([\p{L}*•…%=/]|\d[^\s\d])$/u.test(before) || /^(?!x\d)([\p{L}*•…]|\.\.|[^\s\d]\d)/iu.test(behind);
  return isPart ? plain : dropTrunk(first[0]).trim();
}

/** Without the `(0)` that people put behind a calling code, for those who call from home. */
export const dropTrunk = (text: string): string => text.replace(/^((?:\+|00) ?\d{1,3}[) ./-]*)\(0\)/, '$1');

/** Whether a normalized text is digits and punctuation alone, with a plus at most in front. */
export const isJustNumber = (plain: string): boolean => plain.length < 99 && /^\+?[\d ()./-]*$/.test(plain);

/** What counts in a number, however it is grouped. */
export const significant = (text: string): string => normalizePhoneText(text).replace(/[^\d+]/g, '');

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
