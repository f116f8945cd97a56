export { createMfaHandler } from './create-mfa-handler.js';
export type { MfaHandlerOptions, MfaUser, VerifiedEvent } from './handler-options.js';
export { createMemoryStore } from './memory-store.js';
export type {
  MfaStore,
  StoredChallenge,
  StoredFactor,
  StoredSmsFactor,
  StoredTotpFactor,
} from './mfa-store.js';
