'use client';
import en from './en.js';
import { mergeMessages } from './merge-messages.js';
import type { MfaMessages } from './messages.js';
import { type ProvidedMessages, useFlowMessages } from './messages-context.js';

const complete = new WeakMap<ProvidedMessages, MfaMessages>();

/** Every word of the kit: the provider's, or English. */
export function useMfaMessages(): MfaMessages {
  const provided = useFlowMessages();
  const known = complete.get(provided);
  if (known) return known;
  const messages = mergeMessages(en, provided);
  complete.set(provided, messages);
  return messages;
}
