import type { TestRequest } from 'mfa-kit/testing';

/** From the preview to the panel: an `EmulatorState`, or `null` where no story is shown. */
export const EMULATOR_STATE = 'mfa-kit/emulator-state';
/** From the panel to the preview: an `EmulatorCommand`. */
export const EMULATOR_COMMAND = 'mfa-kit/emulator-command';

/** What the panel shows of the story's servers. Survives `JSON.stringify`, as whatever goes through the channel. */
export interface EmulatorState {
  storyId: string;
  /** Oldest first. */
  factors: PanelFactor[];
  /** Milliseconds until authenticator apps show the next code. */
  codesEndIn: number;
  /** Newest first. */
  messages: PanelMessage[];
  /** Newest first. */
  requests: PanelRequest[];
  /** Label of the account; `null` when nobody is signed in. */
  user: string | null;
  /** What the last command has done, for people. */
  said: string;
}

export interface PanelFactor {
  id: string;
  type: 'totp' | 'sms' | 'generic_otp';
  /** Issuer and account of an authenticator app, or the masked number of a phone. */
  label: string;
  /** `unowned`: it exists at WorkOS, and the handler knows of nobody who has it. */
  status: 'verified' | 'pending' | 'unowned';
  /** What an authenticator app would show now. */
  code?: string;
}

export interface PanelMessage {
  /** Which message it is, counted from 1. */
  number: number;
  to: string;
  body: string;
  code: string;
  /** Milliseconds since 1970, by the servers' clock. */
  sentAt: number;
}

export interface PanelRequest {
  /** Which request it is, counted from 1. */
  number: number;
  method: string;
  path: string;
  /** What befell it. */
  fault?: NonNullable<TestRequest['fault']>;
  /** Milliseconds; absent while it is under way. */
  duration?: number;
  /** Absent where no answer arrived. */
  status?: number;
}

export type EmulatorCommand =
  /** Send the state: somebody wants to show it. */
  | { do: 'tell' }
  | { do: 'expire-codes' }
  | { do: 'skip-30-seconds' }
  | { do: 'sign-in' }
  | { do: 'sign-out' }
  | { do: 'clear-requests' }
  /** Types it into the story's field for the code, as its owner would. */
  | { do: 'type-code'; code: string };
