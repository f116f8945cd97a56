import { setSilently, typeOver } from '../ui/type-into.js';
import { cutPhoneText, extractPhoneText, type PhoneText, regroup, significant } from './phone-text.js';

export interface PhoneEditing {
  /** Groups what stands in the input, without telling anybody: it is the same number. */
  regroup: () => void;
  detach: () => void;
}

/**
 * Keeps the number in an input grouped while it is edited. Where the browser asks beforehand, the edit is made whole, so
 * that undo takes it back in one step; where it does not (autofill, Android's keyboards), it is put right afterwards.
 * @param format The text in groups. It may be the text itself, and is for as long as nobody knows the groups.
 */
export function attachPhoneEditing(input: HTMLInputElement, format: (text: string) => string): PhoneEditing {
  const attachment = new AbortController();
  const { signal } = attachment;
  let before: { value: string; start: number; end: number } | undefined;
  let isOwn = false;
  /** The person's last edit. Before the first there is nothing to undo. */
  let lastEdit: Event | undefined;

  const state = () => ({
    value: input.value,
    start: input.selectionStart ?? 0,
    end: input.selectionEnd ?? 0,
  });
  const grouped = (next: PhoneText) => regroup(next, format(next.text));
  const cut = (value: string, start: number, end: number, inputType: string) => {
    const text = value.slice(0, start) + value.slice(end);
    // Punctuation that would come back at once takes a digit with it.
    return text !== value && format(text) === value
      ? cutPhoneText(value, start, end, inputType.includes('Forward'))
      : { text, caret: start };
  };

  function write(cause: Event, { text, caret }: PhoneText) {
    const { value } = input;
    const shared = Math.min(value.length, text.length);
    let head = 0;
    while (head < shared && value[head] === text[head]) head += 1;
    let tail = 0;
    while (tail < shared - head && value.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
    isOwn = true;
    if (text !== value)
      typeOver(cause, input, head, value.length - tail, text.slice(head, text.length - tail));
    isOwn = false;
    input.setSelectionRange(caret, caret);
  }

  /** What the browser would make of an edit and what was meant by it; `undefined` where only the browser knows. */
  function foresee({ inputType, data }: InputEvent, { value, start, end }: ReturnType<typeof state>) {
    const around = (text: string) => ({
      text: value.slice(0, start) + text + value.slice(end),
      caret: start + text.length,
    });
    if (inputType.startsWith('insert') && data !== null) {
      const text = data.length > 1 ? extractPhoneText(data) : data;
      const isWhole = data.length > 1 && text.startsWith('+');
      return { native: around(data), meant: isWhole ? { text, caret: text.length } : around(text) };
    }
    if (!/^deleteContent(Back|For)ward$/.test(inputType)) return undefined;
    if (start === end && inputType.includes('Forward')) end += 1;
    else if (start === end) start -= 1;
    if (start < 0 || end > value.length) return undefined;
    return { native: around(''), meant: cut(value, start, end, inputType) };
  }

  input.addEventListener(
    'beforeinput',
    (event) => {
      if (isOwn || event.isComposing || event.defaultPrevented) return;
      before = state();
      lastEdit = event;
      const edit = event.cancelable && foresee(event, before);
      if (!edit) return;
      const next = grouped(edit.meant);
      if (next.text === edit.native.text && next.caret === edit.native.caret) return;
      event.preventDefault();
      write(event, next);
    },
    { signal },
  );

  const putRight = (event: Event) => {
    const { inputType = '', isComposing = false } = event as Partial<InputEvent>; // a script's own has neither
    const was = before;
    if (isOwn || isComposing || inputType.startsWith('history')) return;
    before = undefined;
    const { value, start } = state();
    const hitPunctuation =
      was && inputType.startsWith('deleteContent') && significant(was.value) === significant(value);
    const meant = hitPunctuation
      ? cut(was.value, start, start + was.value.length - value.length, inputType)
      : { text: value, caret: start };
    const next = grouped(meant);
    if (next.text === value) return;
    if (inputType && document.activeElement === input) write(event, next);
    else setSilently(input, next.text);
  };
  input.addEventListener('input', putRight, { signal });
  input.addEventListener('compositionend', putRight, { signal });

  return {
    regroup() {
      const { value, start } = state();
      const next = grouped({ text: value, caret: start });
      if (next.text === value) return;
      if (lastEdit && document.activeElement === input) write(lastEdit, next);
      else input.value = next.text;
    },
    detach: () => attachment.abort(),
  };
}
