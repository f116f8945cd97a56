export { createWorkOsEmulator } from './work-os-emulator.js';
export type { EmulatedFactor, WorkOsEmulator, WorkOsEmulatorOptions } from './work-os-emulator.js';
export type { RateLimit } from './rate-limit.js';
export type { SmsMessage } from './sms-inbox.js';
