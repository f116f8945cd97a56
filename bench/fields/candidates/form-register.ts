/**
 * What react-hook-form's `register` gave, told of a value by hand: these fields report a string where `register` waits
 * for an event of an input.
 */
export function tellForm(
  handler: unknown,
  name: string | undefined,
  value: string,
  type: 'change' | 'blur' = 'change',
): void {
  if (typeof handler === 'function') handler({ type, target: { name, value } });
}
