const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)$/i;
const RFC_822 = /^(?:[a-z]{3}, ?)?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC?|Z|[+-]\d{4})$/i;
const EPOCH = /^\d{9,13}(?:\.\d+)?$/;
/** Epoch numbers above this are milliseconds: as seconds it is the year 5138. */
const SECONDS_END = 1e11;

/**
 * Reads a point in time of any dialect: ISO 8601 with a zone and any decimals, RFC 822 (Flask), epoch seconds or
 * milliseconds (Jackson). A text without a zone is nobody's time, so it is `undefined`, as is everything unreadable.
 *
 * @returns ISO 8601 in UTC with milliseconds, or `undefined`.
 */
export function readInstant(wire: unknown): string | undefined {
  const milliseconds = toMilliseconds(wire);
  // ±8.64e15 is the last instant a Date can hold (ECMA-262, "Time Values").
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : undefined;
}

function toMilliseconds(wire: unknown): number {
  if (typeof wire === 'number') return wire <= 0 ? NaN : wire < SECONDS_END ? wire * 1000 : wire;
  if (typeof wire !== 'string') return NaN;
  const text = wire.trim();
  const iso = ISO.exec(text);
  if (iso) {
    const [, date, time, decimals = '0', zone = 'Z'] = iso;
    const offset = /^[+-]/.test(zone) ? zone.replace(/^(.\d\d):?(\d\d)$/, '$1:$2') : 'Z';
    return Date.parse(
      `${date}T${time}${time?.length === 5 ? ':00' : ''}.${decimals.padEnd(3, '0').slice(0, 3)}${offset}`,
    );
  }
  if (RFC_822.test(text)) return Date.parse(text);
  return EPOCH.test(text) ? toMilliseconds(Number(text)) : NaN;
}
