import { setNatively } from '../ui/type-into.js';
import { reconcileCode } from './code-rules.js';

/** iOS cannot style a selection, so there a chosen digit has a caret in front of it. */
const isIos = () =>
  /iP(hone|ad|od)/.test(navigator.userAgent) ||
  (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1);

export interface CodeField {
  /** Puts in a value of the app's. Reports nothing. */
  write: (value: string) => void;
  detach: () => void;
}

/**
 * Makes a plain input a code field. The browser does the editing; after each edit one reconciler puts right what it did.
 * @param known What the app knows the field to hold.
 * @param report Called once for each real change of the digits.
 */
export function attachCodeField(
  input: HTMLInputElement,
  length: number,
  known: string,
  report: (value: string, isComplete: boolean) => void,
): CodeField {
  const slots = [...(input.nextElementSibling?.children ?? [])];
  const hasSelections = !isIos();

  let before: { value: string; selection: [number, number] } | undefined;
  let isComposing = false;
  let isPressed = false;
  /** The press began here. A click on the label comes here too, with a place of its own. */
  let isOwnPress = false;
  /** The window lost the focus, not the field: it comes back to what was selected. */
  let isWindowAway = false;

  const selection = (): [number, number] => [input.selectionStart ?? 0, input.selectionEnd ?? 0];
  const choose = (slot: number) => {
    // Without selections the caret behind a full code stays there, where Backspace removes its last digit.
    const last = Math.min(input.value.length, hasSelections ? length - 1 : length);
    const start = Math.max(0, Math.min(slot, last));
    const end = hasSelections && start < input.value.length ? start + 1 : start;
    const [oldStart, oldEnd] = selection();
    if (start !== oldStart || end !== oldEnd) input.setSelectionRange(start, end);
    mark();
  };
  const mark = () => {
    const [start, end] = selection();
    const active = end - start > 1 ? -1 : Math.min(start, length - 1);
    for (const [index, slot] of slots.entries()) {
      slot.toggleAttribute('data-active', index === active);
      slot.toggleAttribute('data-selected', index >= start && index < end);
    }
  };
  /** A caret in front of a digit becomes a selection of it, so that the next one overwrites it. */
  const settle = () => {
    if (!isComposing) known = input.value; // the app may have written through the ref
    const [start, end] = selection();
    const isAtDigit = start < input.value.length || start === length;
    if (hasSelections && start === end && isAtDigit && !isComposing && !isPressed) choose(start);
    else mark();
  };

  function reconcile(inputType: string) {
    const edit = {
      before: before?.value ?? known,
      after: input.value,
      selection: before?.selection,
      inputType,
    };
    const { value, active, isWhole } = reconcileCode(edit, length);
    if (isComposing) {
      // The draft stays on the screen; what is no legal value yet waits for the end of the composition.
      if (value !== input.value) return;
    } else {
      if (value !== input.value) setNatively(input, value);
      if (document.activeElement === input) choose(active);
    }
    const isComplete =
      value.length === length && (known.length < length || isWhole) && !inputType.startsWith('history');
    if (value === known) return;
    known = value;
    report(value, isComplete);
  }

  const on: { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void } = {
    beforeinput() {
      // A composition is one edit, from what was there when it began.
      if (!isComposing || !before) before = { value: input.value, selection: selection() };
    },
    input(event) {
      const inputType = event instanceof InputEvent ? event.inputType : '';
      // Autofill and scripts edit without saying where; a `beforeinput` still remembered is of another edit.
      if (!isComposing && (inputType === '' || inputType === 'insertReplacementText')) before = undefined;
      reconcile(inputType);
      if (!isComposing) before = undefined;
    },
    compositionstart() {
      isComposing = true;
      before = { value: input.value, selection: selection() };
    },
    compositionend() {
      isComposing = false;
      reconcile('');
      before = undefined;
    },
    keydown(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || isComposing) return;
      const [start, end] = selection();
      const isRange = end - start > 1;
      if (event.shiftKey) {
        // The chosen digit is the anchor of a longer selection, on the side away from where it grows.
        if (end - start === 1)
          input.setSelectionRange(start, end, event.key === 'ArrowLeft' ? 'backward' : 'forward');
        return;
      }
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
      event.preventDefault();
      choose(target);
    },
    pointerdown() {
      isPressed = true;
      isOwnPress = true;
    },
    click(event) {
      isPressed = false;
      if (!isOwnPress) return;
      isOwnPress = false;
      const [start, end] = selection();
      if (event.detail > 1) input.select();
      else if (end - start < 2)
        choose(slots.findLastIndex((slot) => slot.getBoundingClientRect().left <= event.clientX));
    },
    focus() {
      known = input.value;
      document.addEventListener('selectionchange', settle);
      if (!isPressed && !isWindowAway) choose(length);
      isWindowAway = false;
    },
    blur() {
      isPressed = false;
      isWindowAway = document.activeElement === input;
      document.removeEventListener('selectionchange', settle);
    },
  };
  for (const [type, listener] of Object.entries(on)) input.addEventListener(type, listener as EventListener);
  const release = () => (isPressed = false);
  addEventListener('pointerup', release);
  addEventListener('pointercancel', release);
  // The event comes before the reset itself.
  const reset = () => setTimeout(settle);
  const { form } = input;
  form?.addEventListener('reset', reset);

  // Typed before the script came: adopted, but nobody has completed anything just now.
  if (input.value !== known) reconcile('historyRedo');
  if (document.activeElement === input) on.focus?.(new FocusEvent('focus'));

  return {
    write(value) {
      if (isComposing) return;
      known = value;
      if (value === input.value) return;
      input.value = value;
      if (document.activeElement === input) choose(length);
    },
    detach() {
      for (const [type, listener] of Object.entries(on))
        input.removeEventListener(type, listener as EventListener);
      removeEventListener('pointerup', release);
      removeEventListener('pointercancel', release);
      document.removeEventListener('selectionchange', settle);
      form?.removeEventListener('reset', reset);
    },
  };
}
