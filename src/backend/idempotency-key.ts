/** Names one intent of the person, for the `Idempotency-Key` header. Not a secret; unique is enough. */
export function newKey(): string {
  // `randomUUID` exists in secure contexts only, and developers open their app by IP address too.
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
}
