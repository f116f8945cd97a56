import type { ComponentPropsWithoutRef } from 'react';

import { Spinner } from './spinner.js';

export interface ButtonProps extends ComponentPropsWithoutRef<'button'> {
  /** `link` is one more way on; `quiet` is the way out. */
  look?: 'primary' | 'secondary' | 'link' | 'quiet' | undefined;
  /** Something it started is under way: it shows that, and does nothing when pressed. */
  isBusy?: boolean | undefined;
  /** It does nothing for now. Unlike a disabled button it keeps the focus, and says so to screen readers. */
  isInert?: boolean | undefined;
}

export function Button({
  look = 'secondary',
  isBusy,
  isInert,
  className,
  onClick,
  children,
  ...props
}: ButtonProps) {
  const isOff = Boolean(isBusy || isInert);
  return (
    <button
      type="button"
      {...props}
      className={`mfa-button${className ? ` ${className}` : ''}`}
      data-look={look}
      data-busy={isBusy || undefined}
      aria-disabled={isOff || undefined}
      onClick={(event) => {
        if (isOff) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {isBusy && <Spinner />}
      {children}
    </button>
  );
}

/** A button's picture, where one will be: nothing to press yet, and nothing to read out. */
export function InertButton({ look, children }: Pick<ButtonProps, 'look' | 'children'>) {
  return (
    <span className="mfa-button" data-look={look} aria-disabled="true" aria-hidden="true">
      {children}
    </span>
  );
}
