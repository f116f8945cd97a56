/** The largest multiple of a million that a 32-bit number can reach. Chance at or above it would favour low codes. */
const UNBIASED_BELOW = 4_294_000_000;

/** Six random digits, every code equally likely. */
export function randomCode(): string {
  const chance = new Uint32Array(1);
  do crypto.getRandomValues(chance);
  while (chance[0]! >= UNBIASED_BELOW);
  return String(chance[0]! % 1_000_000).padStart(6, '0');
}
