/**
 * `•••• 0006` for `+15005550006`: always four dots, so that they do not tell the length, and the last 4 digits, or
 * the last 2 of a number with fewer than 8.
 */
export function maskPhone(e164: string): string {
  const digits = e164.replace(/\D/g, '');
  return `•••• ${digits.slice(digits.length < 8 ? -2 : -4)}`;
}
