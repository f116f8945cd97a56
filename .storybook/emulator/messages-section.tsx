// `React` is there for JSX: Storybook bundles its manager for the classic runtime.
import React from 'react';
import { type CodeActions, CodeLine } from './code-line.js';
import type { PanelMessage } from './emulator-channel.js';
import { Muted, PanelSection, Row } from './panel-section.js';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** The person's phone. */
export function MessagesSection({ messages, ...actions }: { messages: PanelMessage[] } & CodeActions) {
  return (
    <PanelSection
      title="Text messages"
      whenEmpty="No text messages yet. A code that the story sends arrives here."
    >
      {messages.map(({ number, to, body, code, sentAt }) => (
        <Row key={number}>
          <strong>{to}</strong>
          <Muted>
            <time dateTime={new Date(sentAt).toISOString()}>{clock.format(sentAt)}</time>
          </Muted>
          <Muted>{body}</Muted>
          <CodeLine code={code} of={`message ${number}`} {...actions} />
        </Row>
      ))}
    </PanelSection>
  );
}
