'use client';
import type { MfaError } from '../backend/mfa-error.js';
import { useMfaMessages } from '../messages/use-mfa-messages.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { Screen } from '../ui/screen.js';
import { RetryButton } from '../verification/retry-button.js';
import { FactorSections } from './factor-sections.js';
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
      {state.status === 'loading' && <Skeleton />}
      {state.status === 'ready' && (
        <FactorSections
          factors={state.factors}
          loadedAt={state.loadedAt}
          onRemoved={onRemoved}
          onError={onError}
        />
      )}
      {state.status !== 'loading' && state.error && <LoadFailure {...state} error={state.error} />}
      {onAdd && step !== 'failed' && (
        <Button look={step === 'empty' ? 'primary' : 'secondary'} onClick={onAdd}>
          {text.add}
        </Button>
      )}
    </Screen>
  );
}

const stepOf = (state: FactorsState) =>
  state.status !== 'ready' ? state.status : state.factors.length > 0 ? 'list' : 'empty';

type Failed = Extract<FactorsState, { status: 'failed' }>;

function LoadFailure({ error, retryAt, isReloading, reload }: Omit<Failed, 'status'>) {
  const { errors } = useMfaMessages();
  return (
    <Notice action={<RetryButton retryAt={retryAt} isRetrying={isReloading} onRetry={reload} />}>
      <span key={String(isReloading)}>{errors[error.code]}</span>
    </Notice>
  );
}

/** Two rows, as most people have, in the form of those to come. */
function Skeleton() {
  const { factors: text } = useMfaMessages();
  return (
    <div className="mfa-factors">
      <p className="mfa-visually-hidden" role="status">
        {text.loading}
      </p>
      <div aria-hidden="true">
        <SkeletonRow />
        <SkeletonRow />
      </div>
    </div>
  );
}

function SkeletonRow() {
  return (
    <div className="mfa-factor" data-state="loading">
      <div className="mfa-factor-row">
        <span className="mfa-factor-icon" />
        <div className="mfa-factor-text">
          <p className="mfa-factor-kind" />
          <p />
          <p />
        </div>
      </div>
    </div>
  );
}
