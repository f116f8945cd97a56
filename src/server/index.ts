export type { MfaEvent, MfaEventFactor, MfaEventSource } from './events.js';
export { createMfaHandler } from './create-mfa-handler.js';
export type {
  MfaHandlerOptions,
  MfaSmsOptions,
  MfaUser,
  RenewedSession,
  VerifiedEvent,
} from './handler-options.js';
export { findVerifiedFactors, forgetUser } from './host-records.js';
export type { MfaLimits } from './limits.js';
export { createMemoryStore } from './memory-store.js';
export type { MfaStore, StoreChange } from './mfa-store.js';
export type { RateRule } from './rules/rate-rule.js';
export { createPostgresStore, type PostgresStore, type PostgresStoreOptions } from './postgres-store.js';
