/** Writes into an input as a person would, so that forms and frameworks around it hear of it. */
export function typeInto(input: HTMLInputElement, value: string): void {
  setSilently(input, value);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

/**
 * The same without telling anybody, for within an `input` event that is being told already. React watches assignments to
 * `input.value` and would take ours for its own; this it finds out about as it does about typing.
 */
export function setSilently(input: HTMLInputElement, value: string): void {
  input.setRangeText(value, 0, input.value.length, 'end');
}

/** Replaces a part of what stands in the focused input, so that undo can take it back, as it can typing. */
export function typeOver(input: HTMLInputElement, start: number, end: number, text: string): void {
  input.setSelectionRange(start, end);
  // Deprecated, everywhere, and the only way into the undo history. Refused within another such command.
  if (document.execCommand?.(text ? 'insertText' : 'delete', false, text)) return;
  input.setRangeText(text, start, end, 'end');
  const inputType = text ? 'insertText' : 'deleteContent';
  input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType, data: text || null }));
}
