import type { ReactNode } from 'react';

/** A field as an app puts it together: its label, what helps, the field itself, and what is wrong with it. */
export function Labelled(props: {
  id: string;
  label: string;
  hint?: string;
  error?: string;
  children: ReactNode;
}) {
  const { id, label, hint, error, children } = props;
  return (
    <div className="mfa-field">
      <label className="mfa-label" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <div className="mfa-text" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {children}
      <div className="mfa-error" id={`${id}-error`} role="alert">
        {error}
      </div>
    </div>
  );
}
