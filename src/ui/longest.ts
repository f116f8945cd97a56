/**
 * The text that takes the most room, and a tenth more: characters are not equally wide, and where lines break makes a
 * difference, too.
 */
export function longest(texts: readonly string[]): string {
  const text = texts.reduce((one, other) => (other.length > one.length ? other : one), '');
  return `${text} ${'0'.repeat(text.length / 10)}`;
}
