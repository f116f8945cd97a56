/**
 * Writes into an input as a person would, so that forms and frameworks around it hear of it. React watches assignments
 * to `input.value` and would take ours for its own; through the prototype it sees an edit.
 */
export function typeInto(input: HTMLInputElement, value: string): void {
  setNatively(input, value);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

/** The same without telling anybody, for within an `input` event that is being told already. */
export function setNatively(input: HTMLInputElement, value: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value);
}

/** Replaces a part of what stands in the focused input, so that undo can take it back, as it can typing. */
export function typeOver(input: HTMLInputElement, start: number, end: number, text: string): void {
  input.setSelectionRange(start, end);
  // Deprecated, everywhere, and the only way into the undo history. Refused within another such command.
  if (document.execCommand?.(text ? 'insertText' : 'delete', false, text)) return;
  typeInto(input, input.value.slice(0, start) + text + input.value.slice(end));
}
