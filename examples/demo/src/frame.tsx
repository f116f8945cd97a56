import type { ReactNode } from 'react';

import { ThemeSwitch } from './theme-switch.tsx';

export interface FrameProps {
  /** At the end of the header. */
  account?: ReactNode;
  children?: ReactNode;
}

/** What stands round each page: the name above, the theme below. */
export function Frame({ account, children }: FrameProps) {
  return (
    <div className="frame">
      <header className="header">
        <span className="brand">
          <img className="brand-mark" src="/favicon.svg" alt="" />
          Larkspur
        </span>
        {account}
      </header>
      <main className="main">{children}</main>
      <footer className="footer">
        <ThemeSwitch />
      </footer>
    </div>
  );
}
