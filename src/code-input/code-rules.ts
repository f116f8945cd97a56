import { asciiDigits } from './ascii-digits.js';

/** An edit the browser has made to the field, and what was there before. */
export interface CodeEdit {
  before: string;
  after: string;
  /** What was selected before; `undefined` where nobody knows (autofill, a script, typing before hydration). */
  selection: readonly [start: number, end: number] | undefined;
  /** `InputEvent.inputType`. */
  inputType: string;
}

export interface EditedCode {
  value: string;
  /** The slot that the next digit goes to. */
  active: number;
  /** The whole code came at once. */
  isWhole: boolean;
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

/** What a code field holds after an edit. */
export function reconcileCode({ before, after, selection, inputType }: CodeEdit, length: number): EditedCode {
  const at = (value: string, active: number, isWhole = false): EditedCode => ({
    value,
    active: Math.max(0, Math.min(active, value.length, length - 1)),
    isWhole,
  });
  const digits = asciiDigits(after).replace(/\D/g, '').slice(0, length);
  if (inputType.startsWith('history')) return at(digits, length);

  const [start, end] = selection ?? [0, before.length];
  const kept = before.length - end;
  const isLocal = selection && after.startsWith(before.slice(0, start)) && after.endsWith(before.slice(end));
  const inserted = isLocal ? after.slice(start, after.length - kept) : after;
  if (inserted === '' && after.length < before.length) {
    // Backspace on a chosen digit in the middle steps back; at the end, and for Delete, the slot stays.
    const stepsBack = inputType === 'deleteContentBackward' && end - start === 1 && kept > 0;
    const removed = before.length - after.length - (end - start); // more than was selected: what stood left of the caret
    return at(digits, start - (stepsBack ? 1 : inputType === 'deleteContentForward' ? 0 : removed));
  }
  const code = cleanCode(inserted, length);
  if (code === '') return isLocal || after ? at(before, start) : at('', 0);
  if (!isLocal && after.length < before.length && selection) return at(digits, length); // a keyboard shortened its draft
  if (code.length === length || !isLocal) return at(code, length, code.length === length);
  const from = Math.min(start, length - 1);
  const rest = before.slice(Math.max(end, from + code.length));
  return at((before.slice(0, from) + code + rest).slice(0, length), from + code.length);
}
