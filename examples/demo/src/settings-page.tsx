import { EnrollSms, EnrollTotp, type MfaError, useFactors } from 'mfa-kit';
import { useEffect, useRef, useState } from 'react';

import { FactorList } from './factor-list.tsx';
import { Frame } from './frame.tsx';
import { AppIcon, PhoneIcon } from './icons.tsx';
import { useSessionLoss } from './session-loss.ts';
import { type Intent, StepUp } from './step-up.tsx';

/** WorkOS's sample numbers. No numbering plan knows them, so the phone field has to be told. */
const SAMPLE_NUMBERS = ['+15005550006', '+15555555555'];

type Method = 'totp' | 'sms';

const METHODS = {
  totp: { add: 'Add authenticator app', added: 'Your authenticator app was added.', Icon: AppIcon },
  sms: { add: 'Add phone', added: 'Your phone was added.', Icon: PhoneIcon },
};

export interface SettingsPageProps {
  email: string;
  /** The session may not be what it was: ask the server who is signed in now. */
  onSessionLost: () => Promise<void>;
  onSignOut: () => Promise<void>;
}

export function SettingsPage({ email, onSessionLost, onSignOut }: SettingsPageProps) {
  const factors = useFactors();
  useSessionLoss(factors, onSessionLost);
  const [adding, setAdding] = useState<Method>();
  /** The method whose button gets the focus back. */
  const [left, setLeft] = useState<Method>();
  const [news, setNews] = useState('');
  /** Enrolments begun: a new one is another component, where the one before was refused. */
  const [begun, setBegun] = useState(0);
  /** What waits for a fresh code. One code is enough for all of it. */
  const [waiting, setWaiting] = useState<readonly Intent[]>([]);
  const isSteppingUp = waiting.length > 0;
  const wait = (intent: Intent) => setWaiting((others) => [...others, intent]);

  function leave() {
    setLeft(adding);
    setAdding(undefined);
  }

  return (
    <Frame
      account={
        <span className="account">
          <bdi className="account-email">{email}</bdi>
          <button type="button" className="button" data-look="quiet" onClick={() => void onSignOut()}>
            Sign out
          </button>
        </span>
      }
    >
      <div className="settings">
        <h1 className="page-title">Sign-in security</h1>
        <p className="page-intro">
          A second step asks for a code after your password, so that the password alone opens nothing.
        </p>
        <section className="card card-list" tabIndex={-1} aria-label="Second steps" inert={isSteppingUp}>
          <FactorList
            factors={factors}
            onRemoved={(name) => {
              setNews(`${name} was removed.`);
              void onSessionLost(); // where it was the one that this session was verified by, the next one is due
            }}
            onStepUp={wait}
            onSessionLost={onSessionLost}
          />
          <p className="news" role="status">
            {news}
          </p>
          {!adding && (
            <AddButtons
              focusOn={left}
              onAdd={(method) => {
                setNews('');
                setAdding(method);
              }}
            />
          )}
        </section>
        {isSteppingUp && factors.status === 'ready' && (
          <StepUp
            factors={factors.factors}
            onVerified={() => {
              setWaiting([]);
              for (const { goOn } of waiting) goOn();
            }}
            onCancel={() => {
              setWaiting([]);
              for (const { giveUp } of waiting) giveUp();
            }}
            onSessionLost={onSessionLost}
          />
        )}
        {adding && (
          <Enrolment
            key={`${adding} ${begun}`}
            method={adding}
            isHidden={isSteppingUp}
            onEnrolled={() => {
              setNews(METHODS[adding].added);
              leave();
            }}
            onCancel={leave}
            onStepUp={() =>
              wait({
                goOn: () => {
                  // A number that was typed stays: it is sent again by a press, as it was the first time.
                  if (adding === 'totp') setBegun(begun + 1);
                },
                giveUp: leave,
              })
            }
            onSessionLost={onSessionLost}
          />
        )}
      </div>
    </Frame>
  );
}

function AddButtons({ focusOn, onAdd }: { focusOn: Method | undefined; onAdd: (method: Method) => void }) {
  const focused = useRef<HTMLButtonElement>(null);
  useEffect(() => focused.current?.focus(), []);
  return (
    <div className="add-buttons">
      {(['totp', 'sms'] as const).map((method) => {
        const { add, Icon } = METHODS[method];
        return (
          <button
            key={method}
            type="button"
            className="button"
            ref={method === focusOn ? focused : undefined}
            onClick={() => onAdd(method)}
          >
            <Icon />
            {add}
          </button>
        );
      })}
    </div>
  );
}

function Enrolment({
  method,
  isHidden,
  onEnrolled,
  onCancel,
  onStepUp,
  onSessionLost,
}: {
  method: Method;
  isHidden: boolean;
  onEnrolled: () => void;
  onCancel: () => void;
  onStepUp: () => void;
  onSessionLost: () => Promise<void>;
}) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => card.current?.focus(), []);
  const callbacks = {
    onEnrolled,
    onCancel,
    onError: ({ code }: MfaError) => {
      if (code === 'unauthenticated') void onSessionLost();
      if (code === 'step_up_required') onStepUp();
    },
  };
  return (
    <section
      ref={card}
      className="card card-flow"
      hidden={isHidden}
      tabIndex={-1}
      aria-label={METHODS[method].add}
    >
      {method === 'totp' ? (
        <EnrollTotp {...callbacks} />
      ) : (
        <EnrollSms {...callbacks} testNumbers={SAMPLE_NUMBERS} />
      )}
    </section>
  );
}
