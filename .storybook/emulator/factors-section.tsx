// `React` is there for JSX: Storybook bundles its manager for the classic runtime.
import React, { useEffect, useState } from 'react';
import { Badge } from 'storybook/internal/components';
import { styled } from 'storybook/theming';

import { type CodeActions, CodeLine } from './code-line.js';
import type { PanelFactor } from './emulator-channel.js';
import { Muted, PanelSection, Row } from './panel-section.js';
import { shortId } from './short-id.js';

const TYPES = { totp: 'Authenticator app', sms: 'Text message', generic_otp: 'Other code' };
const STATUS = {
  verified: { badge: 'positive', text: 'Verified' },
  pending: { badge: 'warning', text: 'Pending' },
  unowned: { badge: 'neutral', text: 'Nobody’s' },
} as const;

interface FactorsSectionProps extends CodeActions {
  factors: PanelFactor[];
  /** Milliseconds of `performance.now()`. */
  codesEndAt: number;
}

/** What exists at the emulator, and what the person's authenticator app shows. */
export function FactorsSection({ factors, codesEndAt, ...actions }: FactorsSectionProps) {
  return (
    <PanelSection
      title="Factors"
      whenEmpty="No factors yet. Enrol one in the story, and its codes appear here."
    >
      {factors.map(({ id, type, label, status, code }) => (
        <Row key={id}>
          <strong>{TYPES[type]}</strong>
          <Badge compact status={STATUS[status].badge}>
            {STATUS[status].text}
          </Badge>
          <Muted>{label}</Muted>
          <Muted title={id}>{shortId(id)}</Muted>
          {code !== undefined && (
            <CodeLine code={code} of={label} {...actions}>
              <SecondsLeft until={codesEndAt} />
            </CodeLine>
          )}
        </Row>
      ))}
    </PanelSection>
  );
}

/** Ticks by itself, so that nothing else of the panel renders. Not announced: it would never be silent. */
function SecondsLeft({ until }: { until: number }) {
  const [seconds, setSeconds] = useState(() => secondsUntil(until));
  useEffect(() => {
    const read = () => setSeconds(secondsUntil(until));
    read();
    const timer = setInterval(read, 250);
    return () => clearInterval(timer);
  }, [until]);
  return (
    <Left>
      <Ring aria-hidden style={{ '--left': `${(seconds / 30) * 100}%` }} />
      {seconds} s
    </Left>
  );
}

const secondsUntil = (time: number) => Math.max(0, Math.ceil((time - performance.now()) / 1000));

const Left = styled(Muted)({ display: 'inline-flex', alignItems: 'center', gap: 6, minInlineSize: '4ch' });

const Ring = styled.span<{ style: Record<'--left', string> }>(({ theme }) => ({
  inlineSize: 12,
  blockSize: 12,
  borderRadius: '50%',
  background: `conic-gradient(${theme.color.secondary} var(--left), ${theme.appBorderColor} 0)`,
}));
