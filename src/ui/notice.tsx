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
