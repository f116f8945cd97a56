// `React` is there for JSX: Storybook bundles its manager for the classic runtime.
import React, { type ReactNode } from 'react';
import { Button } from 'storybook/internal/components';
import { styled } from 'storybook/theming';

export interface CodeActions {
  /** Has the story's field take the code. */
  onType: (code: string) => void;
  /** Told in a sentence how copying went. */
  onCopied: (sentence: string) => void;
}

interface CodeLineProps extends CodeActions {
  code: string;
  /** Whose code it is, to tell the buttons of several codes from each other. */
  of: string;
  children?: ReactNode;
}

/** A code in large digits, with a button that types it into the story and one that copies it. */
export function CodeLine({ code, of, onType, onCopied, children }: CodeLineProps) {
  const copy = () =>
    navigator.clipboard.writeText(code).then(
      () => onCopied(`Copied ${code}.`),
      () => onCopied('Your browser did not allow copying.'),
    );
  return (
    <Line>
      <Digits>{code}</Digits>
      <Button ariaLabel={`Type the code of ${of}`} size="small" onClick={() => onType(code)}>
        Type
      </Button>
      <Button ariaLabel={`Copy the code of ${of}`} size="small" onClick={() => void copy()}>
        Copy
      </Button>
      {children}
    </Line>
  );
}

const Line = styled.div({ display: 'flex', flexBasis: '100%', alignItems: 'center', gap: 8 });

const Digits = styled.code(({ theme }) => ({
  fontFamily: theme.typography.fonts.mono,
  fontSize: 20,
  letterSpacing: '0.12em',
  fontVariantNumeric: 'tabular-nums',
}));
