'use client';
import { type ReactNode, useId } from 'react';

import { longest } from './longest.js';

export interface FieldProps {
  label: ReactNode;
  /** Stands at the end of the label's line. */
  aside?: ReactNode;
  /** The id of what else describes the control: the text above it. */
  describedBy: string;
  error?: ReactNode;
  /** Whether `error` is about what stands in the control. */
  isInvalid?: boolean | undefined;
  /** Said in the error's place while there is none. It is a live region. */
  note?: ReactNode;
  /** What `error` and `note` can come to say: the longest keeps its place from the start, so that none moves anything. */
  room: readonly string[];
  children: (control: FieldControl) => ReactNode;
}

/** What a field's input takes to be named and described by what stands around it. */
interface FieldControl {
  id: string;
  'aria-describedby': string;
  'aria-invalid': true | undefined;
}

/** A label, a control, and what is to be said about what stands in it: in that order, for eyes and ears. */
export function Field({
  label,
  aside,
  describedBy,
  error,
  isInvalid = Boolean(error),
  note,
  room,
  children,
}: FieldProps) {
  const id = useId();
  return (
    <div className="mfa-field">
      <div className="mfa-label-row">
        <label className="mfa-label" htmlFor={id}>
          {label}
        </label>
        {aside}
      </div>
      {children({
        id,
        'aria-describedby': error ? `${describedBy} ${id}-error` : describedBy,
        'aria-invalid': isInvalid || undefined,
      })}
      <div className="mfa-field-message mfa-room" data-room={longest(room)}>
        <div className="mfa-error" id={`${id}-error`} role="alert">
          {error}
        </div>
        <div className="mfa-note" role="status">
          {!error && note}
        </div>
      </div>
    </div>
  );
}
