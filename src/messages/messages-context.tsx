'use client';
import { createContext, type ReactNode, useContext, useMemo } from 'react';

import en from './en.js';
import { enPhoneField } from './en-phone-field.js';
import type { MfaMessages } from './messages.js';

const EN_FIELD = { locale: 'en', phone: enPhoneField };

/** Any part of a catalogue, down to one sentence. */
export type MessageOverrides = DeepPartial<MfaMessages>;
type DeepPartial<T> = T extends object ? { [K in keyof T]?: DeepPartial<T[K]> | undefined } : T;

const MessagesContext = createContext<MfaMessages | undefined>(undefined);

/** The words of the components around it: the provider's, or English. */
export function useMfaMessages(): MfaMessages {
  return useContext(MessagesContext) ?? en;
}

/** The phone field's part of them, which does without the rest of the English ones. */
export function usePhoneFieldMessages(): { locale: string; phone: Record<'label' | 'country', string> } {
  return useContext(MessagesContext) ?? EN_FIELD;
}

export function MessagesProvider(props: { messages: MessageOverrides | undefined; children?: ReactNode }) {
  const { messages, children } = props;
  const merged = useMemo(() => (messages ? merge(en, messages) : en), [messages]);
  return <MessagesContext.Provider value={merged}>{children}</MessagesContext.Provider>;
}

/** What an override does not say stays English. Its own plural forms (`few`, `many`) come along. */
function merge<T extends object>(base: T, overrides: object): T {
  const result: Record<string, unknown> = { ...(base as Record<string, unknown>) };
  for (const [key, override] of Object.entries(overrides)) {
    const own = result[key];
    if (override === undefined) continue;
    result[key] = isObject(own) && isObject(override) ? merge(own, override) : override;
  }
  return result as T;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
