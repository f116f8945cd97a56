'use client';
import { useMfaMessages } from '../messages/messages-context.js';
import { Button } from '../ui/button.js';
import { WithTime } from './countdown.js';
import type { Deadline } from './deadline.js';
import { useIsAhead } from './use-countdown.js';

export interface RetryButtonProps {
  /** Before this it waits, and shows how long. */
  retryAt: Deadline | undefined;
  isRetrying?: boolean | undefined;
  onRetry: () => void;
}

/** Tries a step again that could not begin. Nothing is tried again without a press. */
export function RetryButton({ retryAt, isRetrying, onRetry }: RetryButtonProps) {
  const { actions } = useMfaMessages();
  const mustWait = useIsAhead(retryAt);
  return (
    <Button isBusy={isRetrying} isInert={mustWait} onClick={onRetry}>
      {mustWait && retryAt ? <WithTime text={actions.tryAgainIn} deadline={retryAt} /> : actions.tryAgain}
    </Button>
  );
}
