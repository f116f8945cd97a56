'use client';
import { type FocusEvent, useEffect, useId, useMemo, useRef, useState } from 'react';

import type { AuthenticationFactor } from '../backend/mfa-backend.js';
import { splitAt } from '../messages/format.js';
import { useMfaMessages } from '../messages/use-mfa-messages.js';
import { FactorName } from './factor-name.js';
import { FactorRow } from './factor-row.js';
import { RemovalQuestion } from './removal-question.js';
import { type UseRemoveFactorOptions, useRemoveFactor } from './use-remove-factor.js';
import { writeInstants } from './write-instants.js';

export interface FactorSectionsProps extends UseRemoveFactorOptions {
  factors: readonly AuthenticationFactor[];
  /** Milliseconds since 1970. */
  loadedAt: number;
}

/** What works, then what was never finished, each with its removal; and what was just removed, for screen readers. */
export function FactorSections({ factors, loadedAt, onRemoved, onError }: FactorSectionsProps) {
  const { factors: text, locale } = useMfaMessages();
  const pendingId = useId();
  const instants = useMemo(() => writeInstants(locale), [locale]);
  const [asked, setAsked] = useState<AuthenticationFactor>();
  const [removed, setRemoved] = useState<AuthenticationFactor>();
  const close = (factorId: string) => setAsked((current) => (current?.id === factorId ? undefined : current));
  const removal = useRemoveFactor({
    onRemoved: (factorId) => {
      setRemoved(factors.find(({ id }) => id === factorId));
      close(factorId);
      onRemoved?.(factorId);
    },
    onError,
  });
  const focusable = useFocusAfterRemoval();

  const active = factors.filter(({ status }) => status !== 'pending');
  const pending = factors.filter(({ status }) => status === 'pending');
  const keep = (factorId: string) => {
    close(factorId);
    if (removal.status === 'failed' && removal.factorId === factorId) removal.reset();
  };
  const isBack = factors.some(({ id }) => id === removed?.id);
  const row = (factor: AuthenticationFactor) => {
    // Once it is confirmed, another question would be the right one.
    const isAsked = asked?.id === factor.id && asked.status === factor.status;
    // One whose removal is under way or has failed says so, whatever else was asked about since.
    const isOpen = isAsked || (removal.status !== 'idle' && removal.factorId === factor.id);
    return (
      <FactorRow
        key={factor.id}
        factor={factor}
        now={loadedAt}
        instants={instants}
        onAsk={setAsked}
        question={
          isOpen && (
            <RemovalQuestion
              factor={factor}
              isLast={active.length === 1 && active[0] === factor}
              removal={removal}
              isAsked={isAsked}
              onKeep={keep}
            />
          )
        }
      />
    );
  };

  return (
    <div className="mfa-factors" {...focusable}>
      <p className="mfa-visually-hidden" role="status">
        {removed && !isBack && <Removed key={removed.id} factor={removed} />}
      </p>
      {active.length > 0 ? (
        <ul className="mfa-factor-items" aria-label={text.title}>
          {active.map(row)}
        </ul>
      ) : (
        <p className="mfa-text">{text.empty}</p>
      )}
      {pending.length > 0 && (
        <div className="mfa-factors-pending">
          <div>
            <h3 className="mfa-label" id={pendingId}>
              {text.pending}
            </h3>
            <p className="mfa-text">{text.pendingMeaning}</p>
          </div>
          <ul className="mfa-factor-items" aria-labelledby={pendingId}>
            {pending.map(row)}
          </ul>
        </div>
      )}
    </div>
  );
}

function Removed({ factor }: { factor: AuthenticationFactor }) {
  const [before, after] = splitAt(useMfaMessages().factors.removed, 'factor');
  return (
    <span>
      {before}
      <FactorName factor={factor} />
      {after}
    </span>
  );
}

/** A row that is gone took the focus with it: reading goes on at the row in its place, or at the last one. */
function useFocusAfterRemoval() {
  const root = useRef<HTMLDivElement>(null);
  const left = useRef<{ row: Element; index: number } | undefined>(undefined);
  const rows = () => [...(root.current?.querySelectorAll<HTMLElement>('.mfa-factor') ?? [])];
  useEffect(() => {
    const gone = left.current;
    if (gone?.row.isConnected !== false) return;
    left.current = undefined;
    if (document.activeElement === document.body) (rows()[gone.index] ?? rows().at(-1))?.focus();
  });
  const onFocus = ({ target }: FocusEvent) => {
    const row = target.closest<HTMLElement>('.mfa-factor');
    left.current = row ? { row, index: rows().indexOf(row) } : undefined;
  };
  return { ref: root, onFocus };
}
