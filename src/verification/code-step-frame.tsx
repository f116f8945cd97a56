'use client';
import type { ReactNode } from 'react';

import { useFlowMessages } from '../messages/messages-context.js';
import { InertButton } from '../ui/button.js';
import { longest } from '../ui/field.js';
import { type CodeSource, problemTexts } from './problem-text.js';

export interface CodeStepFrameProps {
  source: CodeSource;
  /** Where the code will be found. */
  hint: ReactNode;
  /** Why it does not come to a code, in the place where the field speaks. */
  error?: ReactNode;
  /** What stands in the first button's place. Without one, the step's own button, of no use yet. */
  action?: ReactNode;
  /** More actions, as in the step itself. */
  children?: ReactNode;
}

/** The place of a `CodeStep` that cannot be used yet: as high as the step itself, whatever the language. */
export function CodeStepFrame({ source, hint, error, action, children }: CodeStepFrameProps) {
  const messages = useFlowMessages();
  return (
    <div className="mfa-code-step" data-waiting="">
      <div className="mfa-text">{hint}</div>
      <div className="mfa-field">
        <span className="mfa-label" aria-hidden="true">
          {messages.code.label}
        </span>
        <div className="mfa-code-place" />
        <div className="mfa-field-message" data-room={longest(problemTexts(source, messages))}>
          <div className="mfa-error" role="alert">
            {error}
          </div>
        </div>
      </div>
      <div className="mfa-actions">
        {action ?? <InertButton look="primary">{messages.code.submit}</InertButton>}
        {source === 'message' && <InertButton look="link">{messages.code.sendNew}</InertButton>}
        {children}
      </div>
    </div>
  );
}
