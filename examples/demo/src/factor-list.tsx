import type { AuthenticationFactor } from 'mfa-kit';
import { useState } from 'react';

import { backend } from './backend.ts';
import type { Factors } from './factors.ts';
import { AppIcon, PhoneIcon } from './icons.tsx';

export interface FactorListProps {
  factors: Factors;
  onReload: () => Promise<void>;
  onRemoved: (name: string) => Promise<void>;
}

export function FactorList({ factors, onReload, onRemoved }: FactorListProps) {
  switch (factors.status) {
    case 'loading':
      return <p className="list-empty">Loading…</p>;
    case 'failed':
      return (
        <div className="list-empty stack">
          <p role="alert">Your second steps could not be loaded.</p>
          <button type="button" className="button" onClick={() => void onReload()}>
            Try again
          </button>
        </div>
      );
    case 'ready':
      if (factors.list.length === 0) return <p className="list-empty">No second step yet.</p>;
      return (
        <ul className="factors">
          {factors.list.map((factor) => (
            <FactorRow key={factor.id} factor={factor} onRemoved={onRemoved} />
          ))}
        </ul>
      );
  }
}

function FactorRow({
  factor,
  onRemoved,
}: {
  factor: AuthenticationFactor;
  onRemoved: FactorListProps['onRemoved'];
}) {
  const [removal, setRemoval] = useState<'none' | 'asking' | 'busy' | 'failed'>('none');
  const { name, detail, Icon } = describe(factor);

  async function remove() {
    setRemoval('busy');
    try {
      await backend.deleteFactor(factor.id);
    } catch {
      setRemoval('failed');
      return;
    }
    await onRemoved(name);
  }

  return (
    <li className="factor">
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
        {removal === 'failed' && (
          <p className="form-error" role="alert">
            It could not be removed. Try again.
          </p>
        )}
      </div>
      {removal === 'none' || removal === 'failed' ? (
        <button
          type="button"
          className="button factor-action"
          data-look="quiet"
          aria-label={`Remove ${name}${detail ? ` ${detail}` : ''}`}
          onClick={() => setRemoval('asking')}
        >
          Remove
        </button>
      ) : (
        <div className="factor-confirm" role="group" aria-label={`Remove ${name}?`}>
          <button
            type="button"
            className="button"
            data-look="danger"
            aria-disabled={removal === 'busy'}
            ref={focusOnMount}
            onClick={() => removal === 'asking' && void remove()}
          >
            {removal === 'busy' ? 'Removing…' : 'Remove it'}
          </button>
          <button type="button" className="button" data-look="quiet" onClick={() => setRemoval('none')}>
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
