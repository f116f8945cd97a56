/**
 * The seam between the components and the host's server. `createHttpBackend` returns one that speaks HTTP;
 * a host may write its own (tRPC, server actions, …). Every method rejects with an `MfaError` and nothing else.
 */
export interface MfaBackend {
  /** The factors of the signed-in user, pending ones included. */
  listFactors(options?: CallOptions): Promise<AuthenticationFactor[]>;
  /** Creates a factor. It stays pending until a challenge of it is verified. */
  enrollFactor(request: EnrollFactorRequest, options?: CallOptions): Promise<Enrollment>;
  /** Starts a challenge; for an `sms` factor this sends one text message. */
  challengeFactor(factorId: string, options?: CallOptions): Promise<AuthenticationChallenge>;
  /** Checks a one-time code. A wrong code resolves with `valid: false`; it is not an error. */
  verifyChallenge(request: VerifyChallengeRequest, options?: CallOptions): Promise<Verification>;
  /** Removes a factor. `keepalive` lets the request outlive the page. */
  deleteFactor(factorId: string, options?: DeleteFactorOptions): Promise<void>;
}

export type EnrollFactorRequest =
  | { type: 'totp' }
  | {
      type: 'sms';
      /** E.164, such as `+15005550006`. */
      phoneNumber: string;
    };

export interface VerifyChallengeRequest {
  challengeId: string;
  /** ASCII digits, as the person typed them. */
  code: string;
}

export interface CallOptions {
  /** Aborting rejects the call with the code `cancelled`. */
  signal?: AbortSignal | undefined;
  /** Names one intent of the person: the same key is sent again when the same enrolment or challenge is retried. */
  idempotencyKey?: string | undefined;
}

export interface DeleteFactorOptions extends CallOptions {
  /** Let the request finish after the page is gone (`fetch`'s own `keepalive`). */
  keepalive?: boolean | undefined;
}

/** The names are the WorkOS Node SDK's own, so that an SDK object fits as it is. */
export interface AuthenticationFactor {
  id: string;
  type: 'totp' | 'sms' | 'generic_otp' | 'webauthn' | 'unknown';
  /** WorkOS keeps no such field. The proxy adds it; `unknown` where it does not. */
  status: 'verified' | 'pending' | 'unknown';
  /** ISO 8601, UTC. */
  createdAt?: string | undefined;
  /** ISO 8601, UTC. */
  updatedAt?: string | undefined;
  totp?: { issuer?: string | undefined; user?: string | undefined } | undefined;
  /** E.164, or masked by the proxy. */
  sms?: { phoneNumber: string } | undefined;
}

/** What an authenticator app needs to make codes. Whoever reads it can make them too: show it once, never store it. */
export interface TotpSecret {
  /** A `data:` URI of a picture, as the server sent it, `''` where it sent none. `QrCode` decides whether it may be shown. */
  qrCode: string;
  /** Base32 (RFC 4648, section 6) without padding. */
  secret: string;
  /** An `otpauth://totp/…` key URI, `''` where the server sent none. */
  uri: string;
  issuer?: string | undefined;
  user?: string | undefined;
}

export interface Enrollment {
  factor: AuthenticationFactor;
  totp?: TotpSecret | undefined;
  /** Present where the server starts the first challenge together with the factor (WorkOS User Management). */
  challenge?: AuthenticationChallenge | undefined;
}

export interface AuthenticationChallenge {
  id: string;
  factorId?: string | undefined;
  /** ISO 8601, UTC, by the server's clock. */
  createdAt?: string | undefined;
  /** ISO 8601, UTC, by the server's clock. Absent where the challenge does not expire (TOTP). */
  expiresAt?: string | undefined;
  /** Seconds left when the answer arrived. Absent where the challenge does not expire (TOTP). */
  expiresIn?: number | undefined;
}

export interface Verification {
  challenge: AuthenticationChallenge;
  /** `true` only where the server said exactly that, for exactly the challenge that was sent. */
  valid: boolean;
  /** Tries left on this challenge, where the proxy tells. */
  attemptsRemaining?: number | undefined;
}
