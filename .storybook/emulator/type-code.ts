/**
 * Types into the page's field for a one-time code, in place of what is there.
 * @returns Whether there is a field that takes it.
 */
export function typeCode(code: string): boolean {
  const field = document.querySelector<HTMLInputElement>("input[autocomplete~='one-time-code']:read-write");
  if (!field || field.closest('[inert]')) return false;
  field.focus();
  field.select();
  // Deprecated, and still the one way to have the browser itself type: with its own events, and into its undo list.
  return document.execCommand('insertText', false, code);
}
