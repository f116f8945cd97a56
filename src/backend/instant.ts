const ISO =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:[.,](\d{1,9}))? ?(?:Z|UTC|GMT|([+-]\d\d):?(\d\d)(?::00)?)$/i;
const RFC_822 = /^(?:[a-z]{3}, ?)?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC?|Z|[+-]\d{4})$/i;
const EPOCH = /^\d{9,13}(?:\.\d+)?$/;
/** Epoch numbers above this are milliseconds: as seconds it is the year 5138. */
const SECONDS_END = 1e11;

/**
 * Reads a point in time of any dialect: ISO 8601 with a zone and any decimals, RFC 822 (Flask), epoch seconds or
 * milliseconds (Jackson). A text without a zone is nobody's time, so it is `undefined`, as is everything unreadable and
 * everything before 1970: Go and .NET write the year 1 for a date that is not set.
 *
 * @returns ISO 8601 in UTC with milliseconds, or `undefined`.
 */
export function readInstant(wire: unknown): string | undefined {
  const milliseconds = typeof wire === 'string' || typeof wire === 'number' ? parse(`${wire}`.trim()) : 0;
  return milliseconds > 0 ? new Date(milliseconds).toISOString() : undefined;
}

function parse(text: string): number {
  const iso = ISO.exec(text);
  if (iso) {
    const [, date, minutes, seconds = ':00', decimals = '', hours = '+00', rest = '00'] = iso;
    return Date.parse(`${date}T${minutes}${seconds}.${decimals.padEnd(3, '0').slice(0, 3)}${hours}:${rest}`);
  }
  if (RFC_822.test(text)) return Date.parse(text);
  const epoch = EPOCH.test(text) ? Number(text) : NaN;
  return epoch < SECONDS_END ? epoch * 1000 : epoch;
}
