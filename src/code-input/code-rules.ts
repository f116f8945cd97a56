import { asciiDigits } from './ascii-digits.js';

/** Digits that take the place of those from `start` to `end`. */
export interface CodeEdit {
  code: string;
  start: number;
  end: number;
}

/** What a code field holds, and what is selected in it. */
export interface CodeState {
  value: string;
  start: number;
  end: number;
}

/**
 * The digits of a text in which somebody sends a code. The first run of exactly `length` digits wins, however it is
 * grouped (`Your 2FA code is 123 456.`), rather one that no other digits touch; else the first `length` digits there are.
 */
export function cleanCode(text: string, length: number): string {
  const ascii = asciiDigits(text);
  const run = `\\d(?:[\\s.‐-―-]?\\d){${length - 1}}`;
  const found =
    new RegExp(`(?<!\\d[\\s.‐-―-]?)${run}(?![\\s.‐-―-]?\\d)`).exec(ascii) ??
    new RegExp(`(?<!\\d)${run}(?!\\d)`).exec(ascii);
  return (found?.[0] ?? ascii).replace(/\D/g, '').slice(0, length);
}

/** Where text that comes in belongs: a whole code replaces everything, a part overwrites. `undefined`: nowhere. */
export function placeCode(
  { value, start, end }: CodeState,
  text: string,
  length: number,
): CodeEdit | undefined {
  const digits = cleanCode(text, length);
  if (digits === '') return undefined;
  if (digits.length === length) return { code: digits, start: 0, end: value.length };
  const from = Math.min(start, length - 1);
  const code = digits.slice(0, length - from);
  return { code, start: from, end: Math.min(value.length, Math.max(end, from + code.length)) };
}

/** What a field should hold after an edit that the browser has made its own way, and where its caret belongs. */
export function reconcileCode(before: CodeState, after: string, length: number) {
  const { value, start, end } = before;
  const isLocal = after.startsWith(value.slice(0, start)) && after.endsWith(value.slice(end));
  const inserted = isLocal ? after.slice(start, after.length - (value.length - end)) : after;
  if (inserted === '') return { value: cleanCode(after, length), caret: Math.min(start, after.length) };
  const edit = placeCode(isLocal ? before : { value, start: 0, end: value.length }, inserted, length);
  if (!edit) return { value, caret: start };
  const { code } = edit;
  return {
    value: value.slice(0, edit.start) + code + value.slice(edit.end),
    caret: edit.start + code.length,
    isWhole: code.length === length,
  };
}
