'use client';
import type { MfaError } from '../backend/mfa-error.js';
import { useMfaMessages } from '../messages/use-mfa-messages.js';
import { Button, InertButton } from '../ui/button.js';
import { Failure } from '../ui/failure.js';
import { Notice } from '../ui/notice.js';
import { Screen } from '../ui/screen.js';
import { RetryButton } from '../verification/retry-button.js';
import { FactorSections } from './factor-sections.js';
import { FactorsSkeleton } from './factors-skeleton.js';
import { type FactorsState, useFactors } from './use-factors.js';

export interface FactorListProps {
  /** Called once for each factor that is gone. */
  onRemoved?: ((factorId: string) => void) | undefined;
  /** Shows a button that leads to adding a factor. */
  onAdd?: (() => void) | undefined;
  /** Called for each failed call, for your logs. */
  onError?: ((error: MfaError) => void) | undefined;
  /** Joins the kit's own class on the outermost element. */
  className?: string | undefined;
}

/**
 * The signed-in user's factors, each to be removed after a question. Those whose enrolment was not finished stand apart.
 * Style it by `.mfa-factor-list`, `[data-step]`, `.mfa-factor` and its `[data-type]` and `[data-status]`.
 */
export function FactorList({ onRemoved, onAdd, onError, className }: FactorListProps) {
  const { factors: text } = useMfaMessages();
  const state = useFactors({ onError });
  const step = stepOf(state);
  return (
    <Screen name="factor-list" step={step} title={text.title} className={className}>
      {state.status === 'loading' && <FactorsSkeleton />}
      {state.status === 'ready' && (
        <FactorSections
          factors={state.factors}
          loadedAt={state.loadedAt}
          onRemoved={onRemoved}
          onError={onError}
        />
      )}
      {onAdd && step === 'loading' && <InertButton>{text.add}</InertButton>}
      {onAdd && state.status === 'ready' && (
        <Button look={state.factors.length === 0 ? 'primary' : 'secondary'} onClick={onAdd}>
          {text.add}
        </Button>
      )}
      {/* Last, where it moves nothing of a list that stands. */}
      {state.status !== 'loading' && state.error && <LoadFailure {...state} error={state.error} />}
    </Screen>
  );
}

function stepOf(state: FactorsState) {
  if (state.status !== 'ready') return state.status;
  if (state.error) return 'outdated'; // a step of its own, as the button to try again takes the focus with it
  return state.factors.length > 0 ? 'list' : 'empty';
}

type FailedState = Extract<FactorsState, { status: 'failed' }>;

function LoadFailure({ error, retryAt, isReloading, reload }: Omit<FailedState, 'status'>) {
  return (
    <Notice action={<RetryButton retryAt={retryAt} isRetrying={isReloading} onRetry={reload} />}>
      <Failure error={error} />
    </Notice>
  );
}
