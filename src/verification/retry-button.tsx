'use client';
import { useFlowMessages } from '../messages/messages-context.js';
import { Button, type ButtonProps } from '../ui/button.js';
import { WithTime } from './countdown.js';
import type { Deadline } from './deadline.js';
import { useIsAhead } from './use-countdown.js';

export interface RetryButtonProps extends Pick<ButtonProps, 'look'> {
  /** Before this it waits, and shows how long. */
  retryAt: Deadline | undefined;
  isRetrying?: boolean | undefined;
  onRetry: () => void;
}

/** Tries a step again that could not begin. Nothing is tried again without a press. */
export function RetryButton({ look, retryAt, isRetrying, onRetry }: RetryButtonProps) {
  const { actions } = useFlowMessages();
  const mustWait = useIsAhead(retryAt);
  return (
    <Button look={look} isBusy={isRetrying} isInert={mustWait} onClick={onRetry}>
      {mustWait && retryAt ? <WithTime text={actions.tryAgainIn} deadline={retryAt} /> : actions.tryAgain}
    </Button>
  );
}
