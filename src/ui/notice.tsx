import type { ReactNode } from 'react';

/** Something that went wrong with the whole step rather than with one field, and the way out of it. */
export function Notice({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="mfa-notice">
      <p className="mfa-notice-text" role="alert">
        {children}
      </p>
      {action}
    </div>
  );
}

/** A step that is being prepared, with a place as large as what will stand there. */
export function Waiting({ children }: { children: ReactNode }) {
  return (
    <p className="mfa-waiting" role="status">
      <span className="mfa-spinner" aria-hidden="true" />
      {children}
    </p>
  );
}
