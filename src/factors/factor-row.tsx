'use client';
import { memo, type ReactNode, useId } from 'react';

import type { AuthenticationFactor } from '../backend/mfa-backend.js';
import { splitAt } from '../messages/format.js';
import { useMfaMessages } from '../messages/use-mfa-messages.js';
import { Button } from '../ui/button.js';
import { FactorIcon } from './factor-icon.js';
import { FactorLabel } from './factor-name.js';
import type { InstantWriter } from './write-instants.js';

export interface FactorRowProps {
  factor: AuthenticationFactor;
  /** When the list came, milliseconds since 1970. */
  now: number;
  instants: InstantWriter;
  onAsk: (factor: AuthenticationFactor) => void;
  /** Where the person has asked to remove it: what that means, and the decision. */
  question?: ReactNode;
}

/** One factor in the list. Without effects and timers, and rendered for its own sake alone: there may be a thousand. */
export const FactorRow = memo(function FactorRow({ factor, now, instants, onAsk, question }: FactorRowProps) {
  const { factors: text } = useMfaMessages();
  const id = useId();
  const { type, status, createdAt } = factor;
  const created = Date.parse(createdAt ?? '');
  return (
    // Takes the focus when the row before it goes together with the button that had it.
    <li
      className="mfa-factor"
      data-type={type}
      data-status={status}
      data-asking={question ? true : undefined}
      aria-labelledby={`${id}-kind ${id}-label`}
      tabIndex={-1}
    >
      <div className="mfa-factor-row">
        <FactorIcon type={type} />
        <div className="mfa-factor-text">
          <p className="mfa-factor-kind" id={`${id}-kind`}>
            {text.kinds[type]}
          </p>
          <p id={`${id}-label`}>
            <FactorLabel factor={factor} />
          </p>
          <p className="mfa-factor-meta">
            {status === 'verified' && <span className="mfa-factor-active">{text.active}</span>}
            {created > 0 && (
              <Added
                text={status === 'pending' ? text.started : text.added}
                instant={created}
                now={now}
                instants={instants}
              />
            )}
          </p>
        </div>
        {type !== 'unknown' && (
          <Button
            look="quiet"
            className="mfa-factor-remove"
            id={`${id}-remove`}
            aria-labelledby={`${id}-remove ${id}-kind ${id}-label`}
            onClick={() => onAsk(factor)}
          >
            {text.remove}
          </Button>
        )}
      </div>
      {question}
    </li>
  );
});

function Added({
  text,
  instant,
  now,
  instants,
}: { text: string; instant: number } & Pick<FactorRowProps, 'now' | 'instants'>) {
  const [before, after] = splitAt(text, 'time');
  const exact = instants.exact(instant);
  return (
    <span>
      {before}
      <time dateTime={new Date(instant).toISOString()} title={exact}>
        {instants.relative(instant, now)}
      </time>
      <span className="mfa-visually-hidden"> ({exact})</span>
      {after}
    </span>
  );
}
