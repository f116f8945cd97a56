/**
 * Reads JSON into objects without a prototype: what a later `valid` or `type` finds is then always a field that was
 * sent, whatever the text calls `__proto__` and whatever a polluted `Object.prototype` holds.
 * @throws {SyntaxError} If the text is no JSON.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.assign(Object.create(null), value)
      : value,
  );
}
