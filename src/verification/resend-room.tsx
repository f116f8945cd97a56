'use client';
import type { ReactNode } from 'react';

import { format } from '../messages/format.js';
import { useFlowMessages } from '../messages/messages-context.js';
import { longest } from '../ui/longest.js';

/** Keeps the button that sends a new code as high as its longest words make it. */
export function ResendRoom({ children }: { children: ReactNode }) {
  const { sendNew, sendNewIn, sending } = useFlowMessages().code;
  return (
    <div
      className="mfa-resend mfa-room"
      data-room={longest([sendNew, sending, format(sendNewIn, { time: '00:00' })])}
    >
      {children}
    </div>
  );
}
