import { announce, setSilently, typeOver } from '../ui/type-into.js';
import { type CodeState, placeCode, reconcileCode } from './code-rules.js';

/** iOS cannot style a selection, so there a chosen digit has a caret in front of it. This property is its alone. */
const isIos = () => globalThis.CSS?.supports?.('-webkit-touch-callout', 'none');

/** The app around a code field. */
export interface CodeApp {
  /** What it knows the field to hold. */
  known: string;
  /** The value, where the app keeps it. */
  value?: string | undefined;
  /** Called once for each real change of the digits. */
  onValueChange?: ((value: string) => void) | undefined;
  onComplete?: ((value: string) => void) | undefined;
}

export interface CodeField {
  /** Puts in the value that the app keeps, if it keeps one. Reports nothing. */
  sync: () => void;
  detach: () => void;
}

/**
 * Makes a plain input a code field. The browser does the editing. What comes in is put where it belongs: beforehand,
 * where the browser asks, so that undo works as ever; afterwards, where it does not (autofill, input methods).
 */
export function attachCodeField(input: HTMLInputElement, length: number, app: CodeApp): CodeField {
  const slots = [...(input.nextElementSibling?.children ?? [])];
  const hasSelections = !isIos();
  const attachment = new AbortController();
  const { signal } = attachment;
  let before: CodeState | undefined;
  let isComposing = false;
  /** The slot that the pointer went down on, while it is. */
  let pressed: number | undefined;
  /** The window gets the focus back, and with it the field, where what was selected stays. */
  let isReturning = false;

  // Casts: a text input always has a selection.
  const state = () => ({
    value: input.value,
    start: input.selectionStart as number,
    end: input.selectionEnd as number,
  });
  const isFocused = () => input.matches(':focus');
  const choose = (slot: number) => {
    // Without selections the caret behind a full code stays there, where Backspace removes its last digit.
    const start = Math.max(0, Math.min(slot, input.value.length, hasSelections ? length - 1 : length));
    input.setSelectionRange(start, hasSelections ? start + 1 : start);
    mark();
  };
  const slotAt = ({ clientX }: MouseEvent) =>
    slots.filter((slot, index) => index > 0 && slot.getBoundingClientRect().left <= clientX).length;
  const mark = () => {
    const { start, end } = state();
    const active = end - start > 1 ? -1 : Math.min(start, length - 1);
    for (const [index, slot] of slots.entries()) {
      slot.toggleAttribute('data-active', index === active);
      slot.toggleAttribute('data-selected', index >= start && index < end);
    }
  };
  /** A caret in front of a digit becomes a selection of it, so that the next one overwrites it. */
  const settle = () => {
    const { value, start, end } = state();
    const isAtDigit = start === end && (start < value.length || start === length);
    if (isAtDigit && isFocused() && !isComposing && pressed === undefined) choose(start);
    else mark();
  };
  const tell = (value: string, isComplete: boolean) => {
    app.known = value;
    app.onValueChange?.(value);
    if (isComplete) app.onComplete?.(value);
    setTimeout(sync); // when the app has taken it over: what it did not take goes back
  };
  const sync = () => {
    const { value } = app;
    // A draft that nobody has heard of is not the app's to take back.
    if (value === undefined || signal.aborted || (isComposing && input.value !== app.known)) return;
    app.known = value;
    if (value === input.value) return;
    input.value = value;
    before = undefined;
    if (isFocused()) choose(length);
  };

  const on: { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void } = {
    beforeinput(event) {
      if (isComposing || event.defaultPrevented) return; // a composition is one edit, from what was there when it began
      isComposing = event.isComposing;
      before = state();
      if (!event.cancelable || !event.data) return; // a deletion, or not ours to change
      app.known = before.value; // the app may have written through the ref
      const edit = placeCode(before, event.data, length);
      if (edit?.code === event.data && edit.start === before.start && edit.end === before.end) return;
      event.preventDefault();
      before = edit && { ...before, start: edit.start, end: edit.end };
      if (edit) typeOver(event, input, edit.start, edit.end, edit.code);
    },
    input(event) {
      const { inputType = '' } = event as Partial<InputEvent>; // none in an event of a script's
      // Autofill and scripts edit without saying where, undo and redo wherever they like.
      const isPlaced = isComposing || !/^$|Replacement|^history/.test(inputType);
      const was = (isPlaced && before) || { value: app.known, start: 0, end: app.known.length };
      const { value, caret, isWhole } = reconcileCode(was, input.value, length);
      // A draft stays on the screen; while it is no legal value yet, nobody hears of it.
      if (isComposing && value !== input.value) return;
      if (!isComposing) {
        before = undefined;
        const { start, end } = was;
        if (value !== input.value) {
          setSilently(input, value);
          if (isFocused()) choose(caret);
        } else if (inputType === 'deleteContentBackward' && end === start + 1 && end < was.value.length) {
          choose(start - 1);
        } else settle();
      }
      if (value === app.known) return;
      const isComplete = value.length === length && (isWhole || app.known.length < length);
      tell(value, isComplete && !inputType.startsWith('history'));
    },
    compositionend() {
      isComposing = false;
      announce(input, 'insertFromComposition');
    },
    keydown(event) {
      if (event.defaultPrevented || isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const { start, end } = state();
      const isRange = end > start + 1;
      const targets: Record<string, number> = {
        ArrowLeft: isRange ? start : start - 1,
        ArrowRight: isRange ? end : start + 1,
        ArrowUp: 0,
        Home: 0,
        ArrowDown: length,
        End: length,
      };
      const target = targets[event.key];
      if (target === undefined) return;
      if (!event.shiftKey) {
        event.preventDefault();
        choose(target);
      } else if (!isRange) {
        // The chosen digit is the anchor of a longer selection, on the side away from where it grows.
        input.setSelectionRange(start, end, target <= start ? 'backward' : 'forward');
      }
    },
    mousedown(event) {
      if (event.button === 0) pressed = event.shiftKey ? state().start : slotAt(event);
    },
    focus() {
      if (!isReturning && pressed === undefined) choose(length);
    },
    blur: () => (pressed = undefined),
    // A digit that is pressed and moved is not carried away: more are selected.
    dragstart: (event) => event.preventDefault(),
  };
  for (const [type, listener] of Object.entries(on))
    input.addEventListener(type, listener as EventListener, { signal }); // each by the type it was written for
  input.getRootNode().addEventListener('selectionchange', () => isFocused() && settle(), { signal });
  // Wherever a drag may end. A press on the label is none: it begins elsewhere.
  const release = (event: MouseEvent) => {
    const from = pressed;
    const to = slotAt(event);
    pressed = undefined;
    if (from === undefined) return;
    if (event.detail > 1) input.select();
    else if (from === to) choose(to);
    else input.setSelectionRange(Math.min(from, to), Math.max(from, to) + 1);
  };
  input.ownerDocument.addEventListener('mouseup', release, { capture: true, signal });
  // The window's event comes before that of the field that has its focus.
  const comeBack = () => {
    isReturning = true;
    setTimeout(() => (isReturning = false));
  };
  addEventListener('focus', comeBack, { signal });
  // The event comes before the reset itself.
  const startOver = () => {
    sync();
    if (input.value !== app.known) tell(input.value, false);
    settle();
  };
  input.form?.addEventListener('reset', () => setTimeout(startOver), { signal });

  // Typed before the script came, or more than there are slots for by now.
  if (input.value !== app.known || app.known.length > length) announce(input);
  if (isFocused()) choose(length);

  return { sync, detach: () => attachment.abort() };
}
