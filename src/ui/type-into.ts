/** Writes into an input as a person would, so that forms and frameworks around it hear of it. */
export function typeInto(input: HTMLInputElement, value: string): void {
  setSilently(input, value);
  announce(input);
}

/** Tells of an edit that was made by script. */
export function announce(input: HTMLInputElement, inputType = ''): void {
  input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType }));
}

/**
 * The same without telling anybody, for within an `input` event that is being told already. React watches assignments to
 * `input.value` and would take ours for its own; this it finds out about as it does about typing.
 */
export function setSilently(input: HTMLInputElement, value: string): void {
  input.setRangeText(value, 0, input.value.length, 'end');
}

/**
 * Replaces a part of what stands in the focused input, in place of what an event was about to do.
 * @param cause The person's own edits can be undone, and so can this. Those of scripts, such as tests, are done by script.
 */
export function typeOver(
  cause: Event,
  input: HTMLInputElement,
  start: number,
  end: number,
  text: string,
): void {
  if (input.readOnly) return;
  input.setSelectionRange(start, end);
  // Deprecated, everywhere, and the only way into the undo history. Refused within another such command.
  if (cause.isTrusted && input.ownerDocument.execCommand(text ? 'insertText' : 'delete', false, text)) return;
  input.setRangeText(text, start, end, 'end');
  announce(input, text ? 'insertText' : 'deleteContentBackward');
}
