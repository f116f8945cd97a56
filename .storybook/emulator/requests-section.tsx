// `React` is there for JSX: Storybook bundles its manager for the classic runtime.
import React from 'react';
import { Badge, Button } from 'storybook/internal/components';
import { styled } from 'storybook/theming';

import type { PanelRequest } from './emulator-channel.js';
import { Muted, PanelSection, Row } from './panel-section.js';
import { shortId } from './short-id.js';

/** What becomes of a request that befalls what, and is not answered by the handler itself in its own time. */
const FAULTS: Record<NonNullable<PanelRequest['fault']>, string> = {
  offline: 'offline',
  unreachable: 'never arrived',
  lost_answer: 'answer lost',
  hang: 'no answer',
  slow: 'slow',
  held: 'held back',
  late: 'answered late',
  overtaken: 'overtaken',
  answer: 'not from the handler',
  tampered: 'answer changed',
};

/** What the story has asked of its proxy. */
export function RequestsSection({ requests, onClear }: { requests: PanelRequest[]; onClear: () => void }) {
  return (
    <PanelSection
      title="Requests"
      action={
        requests.length > 0 && (
          <Button ariaLabel="Clear the requests" size="small" variant="ghost" onClick={onClear}>
            Clear
          </Button>
        )
      }
      whenEmpty="No requests yet. Each call of the story to its proxy is listed here."
    >
      {requests.map((request) => (
        <Row key={request.number}>
          <Call title={request.path}>
            <strong>{request.method}</strong> {shortId(request.path)}
          </Call>
          {request.fault && <Muted>{FAULTS[request.fault]}</Muted>}
          <Outcome {...request} />
        </Row>
      ))}
    </PanelSection>
  );
}

function Outcome({ status, duration }: PanelRequest) {
  if (duration === undefined) return <Badge compact>Under way</Badge>;
  return (
    <>
      <Muted>{formatDuration(duration)}</Muted>
      {status === undefined ? (
        <Badge compact status="negative">
          Failed
        </Badge>
      ) : (
        <Badge compact status={status < 400 ? 'positive' : 'negative'}>
          {status}
        </Badge>
      )}
    </>
  );
}

const formatDuration = (milliseconds: number) =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

const Call = styled.code(({ theme }) => ({
  flex: 1,
  minInlineSize: '16ch',
  fontFamily: theme.typography.fonts.mono,
  fontSize: theme.typography.size.s1,
  overflowWrap: 'anywhere',
}));
