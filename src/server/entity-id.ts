/** What may stand in a path, ours or the upstream's: no dot, no slash, no percent sign, so no way out of a segment. */
const ENTITY_ID = /^[A-Za-z0-9_-]{1,128}$/;

export function isEntityId(value: unknown): value is string {
  return typeof value === 'string' && ENTITY_ID.test(value);
}
