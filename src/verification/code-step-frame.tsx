'use client';
import type { ReactNode } from 'react';

import { useFlowMessages } from '../messages/messages-context.js';
import { InertButton } from '../ui/button.js';
import { longest } from '../ui/longest.js';
import { CountdownFrame } from './countdown.js';
import { type CodeSource, problemTexts } from './problem-text.js';
import { ResendRoom } from './resend-room.js';

export interface CodeStepFrameProps {
  source: CodeSource;
  /** Where the code will be found. */
  hint?: ReactNode;
  /** As much room as the hint will ever want, where it changes. */
  hintRoom?: string | undefined;
  /** Why it does not come to a code, in the place where the field speaks. */
  error?: ReactNode;
  /** What it waits for, in the same place. It is a live region. */
  note?: ReactNode;
  /** What stands in the first button's place. Without one, the step's own button, of no use yet. */
  action?: ReactNode;
  /** More actions, as in the step itself. */
  children?: ReactNode;
}

/** The place of a `CodeStep` that cannot be used yet: as high as the step itself, whatever the language. */
export function CodeStepFrame({ source, hint, hintRoom, error, note, action, children }: CodeStepFrameProps) {
  const messages = useFlowMessages();
  return (
    <div className="mfa-code-step" data-waiting="">
      <div className="mfa-text mfa-room" data-room={hintRoom}>
        <div>{hint}</div>
      </div>
      <div className="mfa-field">
        <div className="mfa-label-row" aria-hidden="true">
          <span className="mfa-label">{messages.code.label}</span>
          {source === 'message' && <CountdownFrame />}
        </div>
        <div className="mfa-code-place" />
        <div className="mfa-field-message mfa-room" data-room={longest(problemTexts(source, messages))}>
          <div className="mfa-error" role="alert">
            {error}
          </div>
          <div className="mfa-note" role="status">
            {note}
          </div>
        </div>
      </div>
      <div className="mfa-actions">
        {action || <InertButton look="primary">{messages.code.submit}</InertButton>}
        {source === 'message' && (
          <ResendRoom>
            <InertButton look="link">{messages.code.sendNew}</InertButton>
          </ResendRoom>
        )}
        {children}
      </div>
    </div>
  );
}
