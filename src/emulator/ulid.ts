/** Crockford's base32: no I, L, O or U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const digit = (value: number) => ALPHABET.charAt(value % 32);

/**
 * A ULID, the second half of every WorkOS id: 10 characters of time, then 16 of chance (80 bits).
 * @param time Milliseconds since 1970.
 * @see https://github.com/ulid/spec
 */
export function ulid(time: number): string {
  const stamp = Array.from({ length: 10 }, (_, place) => digit(Math.floor(time / 32 ** (9 - place))));
  const chance = Array.from(crypto.getRandomValues(new Uint8Array(16)), digit); // 32 divides 256: no bias
  return [...stamp, ...chance].join('');
}
