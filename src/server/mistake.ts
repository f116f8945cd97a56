/** The error for a developer: what was given, why that matters, and what to write. */
export function mistake(what: string, why: string, write: string): Error {
  return new Error(`createMfaHandler was given ${what}. ${why} Write ${write}.`);
}

/** A value as a developer would write it, as far as that goes: JSON has neither `Infinity` nor `5n`. */
export function shown(value: unknown): string {
  try {
    return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  } catch {
    return String(value);
  }
}

/**
 * Checks that an option is an object of names we know: a misspelt one would leave a limit, or a list of countries, at its default
 * without a word.
 * @param example What to write.
 */
export function requireNames(
  option: string,
  value: unknown,
  names: readonly string[],
  example: string,
): void {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw mistake(`an option ${option} that is no object`, 'Nothing of it would hold.', example);
  }
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw mistake(
    `${option}.${unknown}, which is no option`,
    'What it was meant for would stay at its default.',
    `one of ${names.join(', ')}`,
  );
}
