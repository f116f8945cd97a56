import {
  type AuthenticationFactor,
  CodeInput,
  EnrollSms,
  EnrollTotp,
  MfaProvider,
  PhoneField,
  VerifyCode,
} from 'mfa-kit';
import { createTestBackend, type TestBackend } from 'mfa-kit/testing';
import { type ReactNode, type Ref, useEffect, useId, useState } from 'react';

import { enrolledFactor, SAMPLE_PHONE } from '../act.js';
import { Labelled } from '../labelled.js';
import { useThemeSheet } from './theme-sheet.js';
import './theming.css';
import type { ThemeName } from './themes.js';

export type Mode = 'light' | 'dark';

export interface ThemedProps {
  theme: ThemeName;
  mode: Mode;
  /** Variables on top of the theme, by name. */
  changes?: Readonly<Record<string, string>> | undefined;
  /** The card itself, to read colors from. */
  cardRef?: Ref<HTMLDivElement> | undefined;
  children: ReactNode;
}

/** A card in a theme, light or dark whatever the page is. */
export function Themed({ theme, mode, changes, cardRef, children }: ThemedProps) {
  useThemeSheet();
  return (
    <div
      ref={cardRef}
      className={mode === 'dark' ? 'kit-card dark' : 'kit-card'}
      data-kit-theme={theme}
      style={{ ...changes, colorScheme: mode }}
    >
      {children}
    </div>
  );
}

export const SCREENS = ['Authenticator app', 'Phone', 'Verification', 'Fields'] as const;
export type ScreenName = (typeof SCREENS)[number];

/** A real screen on a backend of its own. */
export function Screen({ name }: { name: ScreenName }) {
  const [backend] = useState(() => createTestBackend());
  return (
    <MfaProvider backend={backend}>
      <Content name={name} backend={backend} />
    </MfaProvider>
  );
}

const nowhere = () => undefined;

function Content({ name, backend }: { name: ScreenName; backend: TestBackend }) {
  switch (name) {
    case 'Authenticator app':
      return <EnrollTotp onCancel={nowhere} />;
    case 'Phone':
      return <EnrollSms defaultCountry="US" testNumbers={[SAMPLE_PHONE]} onCancel={nowhere} />;
    case 'Verification':
      return <Verification backend={backend} />;
    case 'Fields':
      return <Fields />;
  }
}

function Verification({ backend }: { backend: TestBackend }) {
  const [factors, setFactors] = useState<AuthenticationFactor[]>();
  useEffect(() => {
    let isGone = false;
    const enroll = async () => {
      const enrolled = [await enrolledFactor(backend, 'totp'), await enrolledFactor(backend, 'sms')];
      if (!isGone) setFactors(enrolled);
    };
    void enroll();
    return () => {
      isGone = true;
    };
  }, [backend]);
  return factors && <VerifyCode factors={factors} onCancel={nowhere} />;
}

function Fields() {
  const id = useId();
  return (
    <div className="mfa-screen">
      <Labelled id={`${id}-code`} label="One-time code" hint="Six digits.">
        <CodeInput id={`${id}-code`} defaultValue="123" />
      </Labelled>
      <Labelled id={`${id}-phone`} label="Phone number" error="This number is too short.">
        <PhoneField id={`${id}-phone`} defaultCountry="GB" defaultValue="07400 123" aria-invalid />
      </Labelled>
    </div>
  );
}
