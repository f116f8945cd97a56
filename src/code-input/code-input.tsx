'use client';
import { type ComponentPropsWithoutRef, forwardRef, useImperativeHandle, useRef, useState } from 'react';

import { useBrowserLayoutEffect } from '../provider/use-browser-layout-effect.js';
import { attachCodeField, type CodeApp, type CodeField } from './code-field.js';

export interface CodeInputProps extends Omit<
  ComponentPropsWithoutRef<'input'>,
  'type' | 'value' | 'defaultValue' | 'maxLength' | 'minLength' | 'size'
> {
  /** How many digits the code has, 4 to 10. */
  length?: number | undefined;
  /** The digits, where the app keeps them. `''` empties the field and starts over. */
  value?: string | undefined;
  /** The digits to begin with, where the field keeps them itself. */
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
  const app = useRef<CodeApp>({ known: initial });
  useImperativeHandle(ref, () => input.current as HTMLInputElement, []); // mounted by the time refs are set

  useBrowserLayoutEffect(() => {
    Object.assign(app.current, { value, onValueChange, onComplete });
    field.current?.sync();
  });
  useBrowserLayoutEffect(() => {
    if (!input.current) return undefined;
    field.current = attachCodeField(input.current, length, app.current);
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
