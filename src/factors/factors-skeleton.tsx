'use client';
import { format } from '../messages/format.js';
import { useMfaMessages } from '../messages/use-mfa-messages.js';
import { InertButton } from '../ui/button.js';
import { writeInstants } from './write-instants.js';

/** As long as most: an issuer with a mailbox, and the end of a phone number. */
const LABELS = { totp: 'Example App (you@example.com)', sms: '•••• 0000' };
const DAY = 86_400_000;

/** Two rows, as most people have, in the form of those to come. */
export function FactorsSkeleton() {
  const { factors: text } = useMfaMessages();
  return (
    <div className="mfa-factors">
      <p className="mfa-visually-hidden" role="status">
        {text.loading}
      </p>
      <div aria-hidden="true">
        <SkeletonRow type="totp" />
        <SkeletonRow type="sms" />
      </div>
    </div>
  );
}

function SkeletonRow({ type }: { type: keyof typeof LABELS }) {
  const { factors: text, locale } = useMfaMessages();
  const added = format(text.added, { time: writeInstants(locale).relative(0, 100 * DAY) });
  return (
    <div className="mfa-factor" data-state="loading">
      <div className="mfa-factor-row">
        <span className="mfa-factor-icon" />
        <div className="mfa-factor-text">
          <p className="mfa-factor-kind mfa-room" data-room={text.kinds[type]} />
          <p className="mfa-room" data-room={LABELS[type]} />
          <p className="mfa-room" data-room={`${text.active}\u2003${added}`} />
        </div>
        <InertButton look="quiet">{text.remove}</InertButton>
      </div>
    </div>
  );
}
