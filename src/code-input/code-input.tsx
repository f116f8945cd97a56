'use client';
import { type ComponentPropsWithoutRef, forwardRef, useImperativeHandle, useRef, useState } from 'react';

import { useBrowserLayoutEffect } from '../provider/use-browser-layout-effect.js';
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
  const [initial] = useState(value ?? defaultValue ?? '');
  const app = useRef({ known: initial, value, onValueChange, onComplete });
  useImperativeHandle(ref, () => input.current as HTMLInputElement, []);

  useBrowserLayoutEffect(() => {
    app.current = { known: value ?? app.current.known, value, onValueChange, onComplete };
    field.current?.write(value);
  });
  useBrowserLayoutEffect(() => {
    if (!input.current) return undefined;
    field.current = attachCodeField(input.current, length, app.current.known, (next, isComplete) => {
      app.current.known = next;
      app.current.onValueChange?.(next);
      if (isComplete) app.current.onComplete?.(next);
      // Later, when the app has taken it over: what it did not take goes back.
      setTimeout(() => field.current?.write(app.current.value));
    });
    return field.current.detach;
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
          defaultValue={initial || undefined}
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
