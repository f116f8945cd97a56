/** What an override does not say stays as it is. Its own plural forms (`few`, `many`) come along. */
export function mergeMessages<T extends object>(base: T, overrides: object): T {
  const result: Record<string, unknown> = { ...(base as Record<string, unknown>) }; // an interface has no index
  for (const [key, override] of Object.entries(overrides)) {
    const own = result[key];
    if (override === undefined) continue;
    result[key] = isObject(own) && isObject(override) ? mergeMessages(own, override) : override;
  }
  return result as T; // every key of `base` is still there
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
