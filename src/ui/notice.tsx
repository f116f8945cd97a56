import type { ReactNode } from 'react';

import { Spinner } from './spinner.js';

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

/** A step that is being prepared, in the place of the button that will be pressed then. */
export function Waiting({ children }: { children: ReactNode }) {
  return (
    <p className="mfa-button" data-look="primary" data-busy role="status">
      <Spinner />
      {children}
    </p>
  );
}
