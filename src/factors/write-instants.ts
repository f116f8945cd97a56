/** Writes instants in one language: made once for a whole list, since a formatter costs more than what it writes. */
export interface InstantWriter {
  /** `3 days ago`, as of `now`; both in **milliseconds** since 1970. What lies ahead, by a wrong clock, is `now`. */
  relative: (instant: number, now: number) => string;
  /** The date and the time, in the device's time zone. */
  exact: (instant: number) => string;
}

const UNITS: [Intl.RelativeTimeFormatUnit, milliseconds: number][] = [
  ['year', 31_556_952_000], // the mean of the calendar
  ['month', 2_629_746_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

export function writeInstants(locale: string): InstantWriter {
  // Always a number: “yesterday” would be wrong for what is 47 hours old.
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const justNow = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second');
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
  return {
    relative: (instant, now) => {
      const age = now - instant;
      const [unit, length] = UNITS.find(([, milliseconds]) => age >= milliseconds) ?? [];
      return unit && length ? ago.format(-Math.floor(age / length), unit) : justNow;
    },
    exact: (instant) => dates.format(instant),
  };
}
