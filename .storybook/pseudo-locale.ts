import type { MfaMessages } from 'mfa-kit';

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'àƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÀƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ';

/**
 * A catalogue that shows what is not translated, not wide enough or cut off: every letter has an accent, every text is
 * about 40 % longer and stands in brackets. Places such as `{time}` stay.
 */
export function pseudoLocale(messages: MfaMessages): MfaMessages {
  return { ...pseudo(messages), locale: 'en-XA' };
}

function pseudo<T>(part: T): T {
  // Strings become strings and objects keep their names, so the type stays.
  if (typeof part === 'string') return pseudoText(part) as T;
  const entries = Object.entries(part as object).map(([name, value]) => [name, pseudo(value)]);
  return Object.fromEntries(entries) as T;
}

const pseudoText = (text: string) =>
  `[${text
    .split(/(\{\w+\})/)
    .map((piece, index) => (index % 2 === 1 ? piece : lengthen(piece)))
    .join('')}]`;

/** Vowels and a few more letters doubled, which is what longer words look like. */
const lengthen = (text: string) =>
  text.replace(/[a-z]/gi, (letter) => accented(letter) + (/[aeiouyn]/.test(letter) ? accented(letter) : ''));

const accented = (letter: string) => ACCENTED[PLAIN.indexOf(letter)] ?? letter;
