'use client';
import { type ReactNode, useId } from 'react';

export interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  children: (control: FieldControl) => ReactNode;
}

/** What a field's input takes to be named and described by what stands around it. */
interface FieldControl {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** A label, a control, what helps to fill it in, and what is wrong with it: in that order, for eyes and ears. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className="mfa-field">
      <label className="mfa-label" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <div className="mfa-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      <div className="mfa-error" id={`${id}-error`} role="alert">
        {error}
      </div>
    </div>
  );
}
