import type { AuthenticationFactor } from '../backend/mfa-backend.js';
import type { StoredFactor } from './records/user-record.schema.js';

/** A factor as the host is told of it, in the kit's own names. */
export function toAuthenticationFactor(factor: StoredFactor): AuthenticationFactor {
  const { id, type, status, createdAt, updatedAt } = factor;
  return {
    id,
    type,
    status,
    createdAt,
    updatedAt,
    ...(factor.type === 'totp'
      ? { totp: { issuer: factor.issuer, user: factor.label } }
      : { sms: { phoneNumber: factor.maskedPhone } }),
  };
}
