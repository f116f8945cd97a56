'use client';
import { type ReactNode, useEffect, useRef } from 'react';

export interface ScreenProps {
  /** Names the flow in the class `mfa-<name>`. */
  name: string;
  /** Which step it shows, as `data-step`. */
  step: string;
  title: string;
  className?: string | undefined;
  children?: ReactNode;
}

/** The frame that all flows share: a title and what belongs to the step. */
export function Screen({ name, step, title, className, children }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const focused = useRef<Element | null>(null);
  useEffect(() => {
    // The step that is over took the focused control with it: reading goes on from the title.
    const isLost = focused.current?.isConnected === false && document.activeElement === document.body;
    if (isLost) heading.current?.focus();
    // After each step, whatever it is.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [step]);
  return (
    <section
      onFocus={(event) => {
        focused.current = event.target;
      }}
      className={`mfa-screen mfa-${name}${className ? ` ${className}` : ''}`}
      data-step={step}
    >
      <h2 className="mfa-title" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}

/** The end of a flow. Takes the focus, which the last step's button took with it, so that it is read out. */
export function Done({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) ref.current?.focus();
  }, []);
  return (
    <p className="mfa-done" ref={ref} tabIndex={-1}>
      <span className="mfa-done-mark" aria-hidden="true" />
      {children}
    </p>
  );
}
