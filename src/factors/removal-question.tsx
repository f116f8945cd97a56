'use client';
import { type RefObject, useEffect, useId, useRef } from 'react';

import type { AuthenticationFactor } from '../backend/mfa-backend.js';
import { splitAt } from '../messages/format.js';
import type { MfaMessages } from '../messages/messages.js';
import { useMfaMessages } from '../messages/use-mfa-messages.js';
import { Button } from '../ui/button.js';
import { Failure } from '../ui/failure.js';
import { longest } from '../ui/longest.js';
import { WithTime } from '../verification/countdown.js';
import { useIsAhead } from '../verification/use-countdown.js';
import { FactorName } from './factor-name.js';
import type { RemoveFactorState } from './use-remove-factor.js';

export interface RemovalQuestionProps {
  factor: AuthenticationFactor;
  /** Whether nothing else that works would be left. */
  isLast: boolean;
  removal: RemoveFactorState;
  /** Whether the person is being asked now, rather than told how it went. */
  isAsked: boolean;
  onKeep: (factorId: string) => void;
}

/** Asks whether a factor is really to go, in its row. Takes the focus, and gives it back to the row's button. */
export function RemovalQuestion({ factor, isLast, removal, isAsked, onKeep }: RemovalQuestionProps) {
  const { factors: text, actions, errors } = useMfaMessages();
  const id = useId();
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isAsked) group.current?.focus();
  }, [isAsked]);
  useEffect(() => {
    const row = group.current?.closest('.mfa-factor');
    return () => {
      if (document.activeElement === document.body)
        row?.querySelector<HTMLElement>('.mfa-factor-remove')?.focus();
    };
  }, []);
  useEscape(group, () => onKeep(factor.id));

  const isBusy = removal.status === 'removing';
  const isRemoving = isBusy && removal.factorId === factor.id;
  const failure = removal.status === 'failed' && removal.factorId === factor.id ? removal : undefined;
  const retryAt = failure?.retryAt;
  const mustWait = useIsAhead(retryAt);
  const [before, after] = splitAt(text.question, 'factor');
  return (
    <div
      className="mfa-factor-question"
      role="group"
      aria-labelledby={`${id}-question`}
      aria-describedby={`${id}-meaning`}
      tabIndex={-1}
      ref={group}
    >
      <p className="mfa-label" id={`${id}-question`}>
        {before}
        <FactorName factor={factor} />
        {after}
      </p>
      {/* A failure takes the place of what is known by then, so that it moves nothing. */}
      <div className="mfa-factor-meaning mfa-room" data-room={longest(Object.values(errors))}>
        <p className="mfa-text" id={`${id}-meaning`} data-off={failure ? true : undefined}>
          {meaning(factor, text)} {isLast && <strong>{text.last}</strong>}
        </p>
        <p className="mfa-error" role="alert">
          {failure && <Failure error={failure.error} />}
        </p>
      </div>
      <div className="mfa-factor-decision">
        <Button
          className="mfa-factor-confirm"
          isBusy={isRemoving}
          isInert={isBusy || mustWait}
          onClick={() => removal.remove(factor.id)}
        >
          {mustWait && retryAt ? (
            <WithTime text={actions.tryAgainIn} deadline={retryAt} />
          ) : isRemoving ? (
            text.removing
          ) : (
            text.remove
          )}
        </Button>
        <Button isInert={isRemoving} onClick={() => onKeep(factor.id)}>
          {text.keep}
        </Button>
      </div>
    </div>
  );
}

/** What the person loses with it. */
function meaning({ type, status }: AuthenticationFactor, { meanings }: MfaMessages['factors']): string {
  if (status === 'pending') return meanings.pending;
  return type === 'totp' || type === 'sms' ? meanings[type] : meanings.other;
}

/**
 * Hears Esc from whatever within has the focus, and keeps it from a dialog around: a native one closes unless the
 * default is prevented, and some listen on the document before the event is at its target.
 */
function useEscape(within: RefObject<HTMLElement | null>, onEscape: () => void) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !within.current || !event.composedPath().includes(within.current)) return;
      event.preventDefault();
      event.stopPropagation();
      onEscape();
    };
    addEventListener('keydown', onKeyDown, { capture: true });
    return () => removeEventListener('keydown', onKeyDown, { capture: true });
  }, [within, onEscape]);
}
