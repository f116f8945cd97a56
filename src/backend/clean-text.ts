/** Control, format (bidi included), surrogate and separator characters, and whatever else is drawn as nothing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu;

const LONGEST = 64;

/**
 * Text from the server, made safe to stand in a sentence: without characters that cannot be seen or that turn the
 * writing direction of what follows, and at most 64 characters long.
 */
export function cleanText(text: string): string {
  // 16 times the length is more than any honest label has; a regular expression never sees the rest.
  const seen = text.slice(0, LONGEST * 16).replace(UNSEEN, '');
  const characters = Array.from(seen.trim());
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : characters.join('');
}
