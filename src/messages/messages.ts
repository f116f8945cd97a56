import type { AuthenticationFactor } from '../backend/mfa-backend.js';
import type { MfaErrorCode } from '../backend/mfa-error.js';

/** A text with named places in it: `Code sent to {target}`. */
export type MessageText = string;

/** One text for each plural category the language has (CLDR); `other` always. `{count}` is the number. */
export type PluralText = Partial<Record<Intl.LDMLPluralRule, MessageText>> & { other: MessageText };

/** Why a phone number is not taken. */
export type PhoneNumberReason =
  'empty' | 'too_short' | 'too_long' | 'not_mobile' | 'invalid_country' | 'invalid' | 'country_not_allowed';

/** Every string a person can read. A catalogue that misses one does not compile. */
export interface MfaMessages {
  /** BCP 47 tag, for plurals, country names and numbers. */
  locale: string;
  actions: {
    cancel: MessageText;
    tryAgain: MessageText;
    /** `{time}`: m:ss. */
    tryAgainIn: MessageText;
  };
  code: {
    label: MessageText;
    submit: MessageText;
    verifying: MessageText;
    /** Said when a code is sent before it is complete. `{length}`: how many digits it has. */
    incomplete: MessageText;
    wrong: MessageText;
    /** Said from the second rejected code on, where an authenticator app makes the codes. */
    wrongClock: MessageText;
    attemptsRemaining: PluralText;
    expired: MessageText;
    expiredTotp: MessageText;
    used: MessageText;
    usedTotp: MessageText;
    /** `{time}`: m:ss until it works again. */
    locked: MessageText;
    sendNew: MessageText;
    /** `{time}`: m:ss. */
    sendNewIn: MessageText;
    sending: MessageText;
    sent: MessageText;
  };
  countdown: {
    /** `{time}`: m:ss. */
    expiresIn: MessageText;
    /** Said to screen readers at 60 and at 20 seconds. */
    secondsLeft: PluralText;
    expired: MessageText;
  };
  verify: {
    title: MessageText;
    /** `{target}`: a masked phone number. */
    sentTo: MessageText;
    sentToPhone: MessageText;
    /** `{target}`: a masked phone number. */
    sendingTo: MessageText;
    /** `{issuer}`: the name under which the authenticator app lists the account. */
    fromApp: MessageText;
    fromAnyApp: MessageText;
    preparing: MessageText;
    useInstead: MessageText;
    methods: { app: MessageText; sms: MessageText };
    unavailable: MessageText;
    done: MessageText;
  };
  totp: {
    title: MessageText;
    scan: MessageText;
    /** The picture's alternative text. `{issuer}`. */
    qrCode: MessageText;
    qrCodePlain: MessageText;
    qrCodeUnavailable: MessageText;
    openApp: MessageText;
    cannotScan: MessageText;
    key: MessageText;
    copy: MessageText;
    copied: MessageText;
    copyRefused: MessageText;
    account: MessageText;
    enterCode: MessageText;
    preparing: MessageText;
    done: MessageText;
  };
  sms: {
    title: MessageText;
    intro: MessageText;
    consent: MessageText;
    send: MessageText;
    sending: MessageText;
    changeNumber: MessageText;
    done: MessageText;
  };
  phone: {
    label: MessageText;
    country: MessageText;
    /** `{example}`: a number of the chosen country. */
    reasons: Record<PhoneNumberReason, MessageText>;
    /** Added where the reason has an example to show. In isolates (U+2066, U+2069) it reads the same from right to left. */
    example: MessageText;
    /** `{digits}`: the visible digits, apart from each other, for screen readers. */
    endingIn: MessageText;
  };
  factors: {
    title: MessageText;
    loading: MessageText;
    empty: MessageText;
    add: MessageText;
    /** What each type of factor is called. `unknown`: one this version does not know. */
    kinds: Record<AuthenticationFactor['type'], MessageText>;
    /** Said of a factor that codes were verified with. */
    active: MessageText;
    /** `{time}`: how long ago, such as `3 days ago`. */
    added: MessageText;
    /** The same of one that is not finished. */
    started: MessageText;
    /** The heading above factors whose enrolment was not finished. */
    pending: MessageText;
    pendingMeaning: MessageText;
    remove: MessageText;
    removing: MessageText;
    keep: MessageText;
    /** `{factor}`: its kind and its account or masked number. */
    question: MessageText;
    /** What removing one means. */
    meanings: Record<'totp' | 'sms' | 'other' | 'pending', MessageText>;
    /** Added to it where no other factor is active. */
    last: MessageText;
    /** `{factor}`, as above. */
    removed: MessageText;
  };
  /** What happened and what to do about it. */
  errors: Record<MfaErrorCode, MessageText>;
}

/** Those of the enrolments and the verification. */
export type FlowMessages = Omit<MfaMessages, 'factors'>;

/** Any part of a catalogue, down to one sentence. */
export type MessageOverrides = DeepPartial<MfaMessages>;
type DeepPartial<T> = T extends object ? { [K in keyof T]?: DeepPartial<T[K]> | undefined } : T;
