'use client';
import { useState } from 'react';

import type { MfaError } from '../backend/mfa-error.js';
import { useFlowMessages } from '../messages/messages-context.js';

/** A failure in words. In a live region it is said once, and again each time it happens again. */
export function Failure({ error }: { error: MfaError }) {
  const { errors } = useFlowMessages();
  const [said, setSaid] = useState({ error, times: 1 });
  if (said.error !== error) setSaid({ error, times: said.times + 1 });
  return <span key={said.times}>{errors[error.code]}</span>;
}
