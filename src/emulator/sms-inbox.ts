/** A text message that WorkOS would have sent. */
export interface SmsMessage {
  /** The receiver, E.164. */
  to: string;
  /** The text as the phone shows it. */
  body: string;
  /** The six digits inside it. */
  code: string;
  /** The challenge they answer: `auth_challenge_…`. */
  challengeId: string;
  /** Milliseconds since 1970, by the emulator's clock. */
  sentAt: number;
}

const DEFAULT_TEMPLATE = 'Your verification code is {{code}}.';

/** @param template The host's `sms_template`; every `{{code}}` in it is replaced. */
export const smsText = (code: string, template = DEFAULT_TEMPLATE) => template.replaceAll('{{code}}', code);
