import type { MfaBackend } from '../backend/mfa-backend.js';

/**
 * Deletes a factor that was never confirmed. Best effort: where it fails, the proxy's own clean-up of pending factors
 * remains, and nothing is sent later by itself.
 */
export function takeBack(backend: MfaBackend, factorId: string, options?: { keepalive?: boolean }): void {
  backend.deleteFactor(factorId, options).catch(() => undefined);
}
