import type { AuthenticationFactor, MfaBackend } from '../backend/mfa-backend.js';
import { maskPhone } from '../verification/masked-phone.js';

export interface LoadedFactors {
  /** Of the signed-in user, pending ones included. Phone numbers are masked. */
  factors: readonly AuthenticationFactor[];
  /** When they came, **milliseconds** of `Date.now()`. */
  loadedAt: number;
}

export async function loadFactors(backend: MfaBackend): Promise<LoadedFactors> {
  const factors = (await backend.listFactors()).map(withMaskedPhone);
  return { factors, loadedAt: Date.now() };
}

export const has = (list: LoadedFactors | undefined, factorId: string): boolean =>
  list?.factors.some(({ id }) => id === factorId) ?? false;

/** A proxy may send whole numbers; the cache keeps none. */
function withMaskedPhone(factor: AuthenticationFactor): AuthenticationFactor {
  return factor.sms ? { ...factor, sms: { phoneNumber: maskPhone(factor.sms.phoneNumber) } } : factor;
}
