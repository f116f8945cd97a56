import { type AuthenticationFactor, type FactorsState, useRemoveFactor } from 'mfa-kit';
import { useLayoutEffect, useRef, useState } from 'react';

import { AppIcon, PhoneIcon } from './icons.tsx';
import type { Intent } from './step-up.tsx';

export interface FactorListProps {
  factors: FactorsState;
  onRemoved: (name: string) => void;
  /** The server wants a fresh code first. */
  onStepUp: (intent: Intent) => void;
  onSessionLost: () => Promise<void>;
}

export function FactorList({ factors, ...actions }: FactorListProps) {
  switch (factors.status) {
    case 'loading':
      return <p className="list-empty">Loading…</p>;
    case 'failed':
      return (
        <div className="list-empty stack">
          <p role="alert">Your second steps could not be loaded.</p>
          <button type="button" className="button" onClick={factors.reload}>
            Try again
          </button>
        </div>
      );
    case 'ready':
      if (factors.factors.length === 0) return <p className="list-empty">No second step yet.</p>;
      return (
        <ul className="factors">
          {factors.factors.map((factor) => (
            <FactorRow key={factor.id} factor={factor} {...actions} />
          ))}
        </ul>
      );
  }
}

function FactorRow({
  factor,
  onRemoved,
  onStepUp,
  onSessionLost,
}: { factor: AuthenticationFactor } & Omit<FactorListProps, 'factors'>) {
  const row = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => handOnFocus(row.current), []);
  /** Whether the person is asked if they mean it; `undefined` until they were for the first time. */
  const [isAsking, setAsking] = useState<boolean>();
  const { name, detail, Icon } = describe(factor);
  const removal = useRemoveFactor({
    onRemoved: () => onRemoved(name),
    onError: ({ code }) => {
      if (code === 'step_up_required') {
        onStepUp({ goOn: () => removal.remove(factor.id), giveUp: () => setAsking(false) });
        return;
      }
      setAsking(false);
      if (code === 'unauthenticated') void onSessionLost();
    },
  });
  const isRemoving = removal.status === 'removing';

  return (
    <li className="factor" ref={row}>
      <span className="factor-icon">
        <Icon />
      </span>
      <div className="factor-text">
        <p className="factor-name">
          {name}
          <span className="badge" data-status={factor.status}>
            {factor.status === 'verified' ? 'On' : 'Not finished'}
          </span>
        </p>
        <p className="factor-detail">
          {detail && <bdi dir={factor.type === 'sms' ? 'ltr' : undefined}>{detail}</bdi>}
          {factor.createdAt && <span>Added {DATE.format(new Date(factor.createdAt))}</span>}
        </p>
        {removal.status === 'failed' && removal.error.code !== 'step_up_required' && !isAsking && (
          <p className="form-error" role="alert">
            It could not be removed. Try again.
          </p>
        )}
      </div>
      {!isAsking ? (
        <button
          type="button"
          className="button factor-action"
          data-look="quiet"
          aria-label={`Remove ${name}${detail ? ` ${detail}` : ''}`}
          ref={isAsking === false ? focusOnMount : undefined}
          onClick={() => setAsking(true)}
        >
          Remove
        </button>
      ) : (
        <div className="factor-confirm" role="group" aria-label={`Remove ${name}?`}>
          <button
            type="button"
            className="button"
            data-look="danger"
            aria-disabled={isRemoving}
            ref={focusOnMount}
            onClick={() => removal.remove(factor.id)}
          >
            {isRemoving ? 'Removing…' : 'Remove it'}
          </button>
          <button type="button" className="button" data-look="quiet" onClick={() => setAsking(false)}>
            Keep
          </button>
        </div>
      )}
    </li>
  );
}

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** The pressed button goes away, and the focus would go with it. Outside the component: the same function each time. */
const focusOnMount = (element: HTMLElement | null) => element?.focus();

/**
 * A row that goes away would take the focus with it: it hands it on to the button that comes next, in the list or below
 * it. As the cleanup of a layout effect, which runs while the row is still there.
 */
function handOnFocus(row: HTMLElement | null) {
  return () => {
    if (!row?.contains(document.activeElement)) return;
    const section = row.closest('section');
    const next = [...(section?.querySelectorAll('button') ?? [])].find(
      (button) => row.compareDocumentPosition(button) === Node.DOCUMENT_POSITION_FOLLOWING,
    );
    (next ?? section)?.focus();
  };
}

function describe({ type, totp, sms }: AuthenticationFactor) {
  switch (type) {
    case 'totp':
      return { name: 'Authenticator app', detail: totp?.user, Icon: AppIcon };
    case 'sms':
      return { name: 'Text message', detail: sms?.phoneNumber, Icon: PhoneIcon };
    default:
      return { name: 'Another way', detail: undefined, Icon: AppIcon };
  }
}
