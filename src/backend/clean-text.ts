/** C0, C1 and zero-width characters, bidi controls, line and paragraph separators, tags and lone surrogates. */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udc7f]/g;

const LONGEST = 64;

/**
 * Text from the server, made safe to stand in a sentence: without characters that cannot be seen or that turn the
 * writing direction of what follows, and at most 64 characters long.
 */
export function cleanText(text: string): string {
  // 16 times the length is more than any honest label has; a regular expression never sees the rest.
  const characters = [
    ...text
      .slice(0, LONGEST * 16)
      .replace(UNSEEN, '')
      .trim(),
  ];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : characters.join('');
}
