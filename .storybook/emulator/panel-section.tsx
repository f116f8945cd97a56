// `React` is there for JSX: Storybook bundles its manager for the classic runtime.
import React, { type ReactNode, useId } from 'react';
import { styled } from 'storybook/theming';

interface PanelSectionProps {
  title: string;
  /** Beside the title. */
  action?: ReactNode;
  /** Shown in place of the list while there is nothing in it. */
  whenEmpty: string;
  /** The rows, newest first. */
  children: ReactNode[];
}

/** A titled list of the panel. */
export function PanelSection({ title, action, whenEmpty, children }: PanelSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Head>
        <Title id={id}>{title}</Title>
        {action}
      </Head>
      {children.length > 0 ? <List>{children}</List> : <Muted as="p">{whenEmpty}</Muted>}
    </section>
  );
}

export const Row = styled.li(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 8px',
  minBlockSize: 28,
  padding: '8px 0',
  borderBlockStart: `1px solid ${theme.appBorderColor}`,
}));

export const Muted = styled.span(({ theme }) => ({
  margin: 0,
  color: theme.textMutedColor,
  fontVariantNumeric: 'tabular-nums',
  overflowWrap: 'anywhere',
}));

const Head = styled.div({
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
  minBlockSize: 32,
});

const Title = styled.h2(({ theme }) => ({
  margin: 0,
  fontSize: theme.typography.size.s2,
  fontWeight: theme.typography.weight.bold,
  color: theme.color.defaultText,
}));

const List = styled.ol(({ theme }) => ({
  margin: 0,
  padding: 0,
  listStyle: 'none',
  fontSize: theme.typography.size.s2,
  color: theme.color.defaultText,
}));
