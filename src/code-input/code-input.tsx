'use client';
import {
  type ComponentPropsWithoutRef,
  forwardRef,
  useEffect,
  useImperativeHandle,
  useReducer,
  useRef,
  useState,
} from 'react';

import { attachCodeField, type CodeField } from './code-field.js';

export interface CodeInputProps extends Omit<
  ComponentPropsWithoutRef<'input'>,
  'type' | 'value' | 'defaultValue' | 'maxLength' | 'minLength' | 'size'
> {
  /** How many digits the code has, 4 to 10. */
  length?: number | undefined;
  /** The digits, where the app keeps them. `''` empties the field and starts over. */
  value?: string | undefined;
  defaultValue?: string | undefined;
  /** Called once for each real change, with the digits so far. */
  onValueChange?: ((value: string) => void) | undefined;
  /** Called when typing completes the code, and when a whole other code arrives at once. */
  onComplete?: ((value: string) => void) | undefined;
}

/**
 * A field for a one-time code: one real input over painted slots. It takes typing, pasting and autofill in any digits
 * and any grouping. Label it as any input.
 * Style it by `.mfa-code-input`, `.mfa-code-slot` and `[data-active]`.
 */
export const CodeInput = forwardRef<HTMLInputElement, CodeInputProps>(function CodeInput(
  { length = 6, value, defaultValue, onValueChange, onComplete, className, ...props },
  ref,
) {
  const input = useRef<HTMLInputElement>(null);
  const field = useRef<CodeField>(undefined);
  // Written once: a later `defaultValue` would put the code into the markup.
  const [initial] = useState(value ?? defaultValue);
  const known = useRef(initial ?? '');
  const [, render] = useReducer((count: number) => count + 1, 0);
  const handlers = useRef({ value, onValueChange, onComplete });
  useImperativeHandle(ref, () => input.current as HTMLInputElement, []);

  useEffect(() => {
    handlers.current = { value, onValueChange, onComplete };
    // Without dependencies: a value that the app did not take over has to come back.
    if (value === undefined || !field.current) return;
    known.current = value;
    field.current.write(value);
  });
  useEffect(() => {
    if (!input.current) return undefined;
    const attached = attachCodeField(input.current, length, known.current, (next, isComplete) => {
      known.current = next;
      const { value: controlled, onValueChange: change, onComplete: complete } = handlers.current;
      change?.(next);
      if (isComplete) complete?.(next);
      // Later: React has yet to hear of the edit itself, and would find it undone.
      if (controlled !== undefined) setTimeout(render);
    });
    field.current = attached;
    return attached.detach;
  }, [length]);

  return (
    <span
      className={className ? `mfa-code-input ${className}` : 'mfa-code-input'}
      dir="ltr"
      data-length={length}
    >
      <span className="mfa-code-box">
        <input
          inputMode="numeric"
          autoComplete="one-time-code"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="done"
          pattern={`[0-9]{${length}}`}
          {...props}
          ref={input}
          type="text"
          className="mfa-code-control"
          defaultValue={initial}
        />
        <span className="mfa-code-slots" aria-hidden="true">
          {Array.from({ length }, (_, slot) => (
            <span key={slot} className="mfa-code-slot" />
          ))}
        </span>
      </span>
    </span>
  );
});
