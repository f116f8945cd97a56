import type { MessageText, PluralText } from './messages.js';

type Values = Record<string, string | number>;

/** Puts values into a message's places. A place without a value stays as it is, so that the gap is seen. */
export function format(text: MessageText, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** A message in the plural form of a number, with the number written the language's way. */
export function formatPlural(text: PluralText, count: number, locale: string): string {
  const form = text[new Intl.PluralRules(locale).select(count)] ?? text.other;
  return format(form, { count: new Intl.NumberFormat(locale).format(count) });
}

/** The text before and after one place, for a value that needs an element of its own. */
export function splitAt(text: MessageText, place: string): [before: string, after: string] {
  const [before = '', after = ''] = text.split(`{${place}}`);
  return [before, after];
}
