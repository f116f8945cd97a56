'use client';
import { createContext, type ReactNode, useContext, useMemo } from 'react';

import { enFlows } from './en-flows.js';
import { enPhoneField } from './en-phone-field.js';
import { mergeMessages } from './merge-messages.js';
import type { FlowMessages, MessageOverrides } from './messages.js';

const EN_FIELD = { locale: 'en', phone: enPhoneField };

/** Complete for the flows; of the rest, what the host has said. */
export type ProvidedMessages = FlowMessages & MessageOverrides;

const MessagesContext = createContext<ProvidedMessages | undefined>(undefined);

/** The words of the flows around it: the provider's, or English. */
export function useFlowMessages(): ProvidedMessages {
  return useContext(MessagesContext) ?? enFlows;
}

/** The phone field's part of them, which does without the rest of the English ones. */
export function usePhoneFieldMessages(): { locale: string; phone: Record<'label' | 'country', string> } {
  return useContext(MessagesContext) ?? EN_FIELD;
}

export function MessagesProvider(props: { messages: MessageOverrides | undefined; children?: ReactNode }) {
  const { messages, children } = props;
  const merged = useMemo(() => (messages ? mergeMessages(enFlows, messages) : enFlows), [messages]);
  return <MessagesContext.Provider value={merged}>{children}</MessagesContext.Provider>;
}
