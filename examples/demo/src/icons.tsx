import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
      {children}
    </svg>
  );
}

/** A code that turns with the clock. */
export const AppIcon = () => (
  <Icon>
    <rect x="3" y="3" width="14" height="14" rx="4" />
    <path d="M10 6.5V10l2.5 1.5" />
  </Icon>
);

export const PhoneIcon = () => (
  <Icon>
    <rect x="5.5" y="2" width="9" height="16" rx="2.5" />
    <path d="M9 15h2" />
  </Icon>
);

export const ChevronIcon = () => (
  <Icon>
    <path d="m6 12 4-4 4 4" />
  </Icon>
);
