import { Secret, TOTP } from 'otpauth';

/** What WorkOS makes, and what every authenticator app assumes: RFC 6238 with its defaults. */
const ALGORITHM = { algorithm: 'SHA1', digits: 6, period: 30 };
/** Steps of 30 s that the phone's clock may be ahead or behind. */
const WINDOW = 1;

export interface TotpKey {
  issuer: string;
  user: string;
  /** Base32 (RFC 4648, section 6) without padding. */
  secret: string;
}

/** 160 random bits, the length of SHA-1, as 32 characters of base32. */
export const randomSecret = () => new Secret({ size: 20 }).base32;

/** Whether a host's own secret can be used: base32 of one byte at least, which takes two characters. */
export const isSecret = (text: string) => /^[A-Z2-7]{2,}$/.test(text);

/** @param time Milliseconds since 1970. */
export const totpCode = ({ secret }: TotpKey, time: number) =>
  TOTP.generate({ ...ALGORITHM, secret: Secret.fromBase32(secret), timestamp: time });

/** @param time Milliseconds since 1970. */
export const isTotpCode = ({ secret }: TotpKey, code: string, time: number) =>
  /^\d{6}$/.test(code) && // on Node the library throws at six characters that are more than six bytes
  TOTP.validate({
    ...ALGORITHM,
    secret: Secret.fromBase32(secret),
    token: code,
    timestamp: time,
    window: WINDOW,
  }) !== null;

/** A path may hold `@` as it is, and WorkOS leaves it so. */
const encodeLabel = (text: string) => encodeURIComponent(text).replaceAll('%40', '@');

/**
 * The key as authenticator apps read it, with the parameters that WorkOS writes and no others. As recorded, the issuer
 * loses its blanks here: `Foo Corp` is `FooCorp` in the app.
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function keyUri({ issuer, user, secret }: TotpKey): string {
  const name = issuer.replaceAll(' ', '');
  return `otpauth://totp/${encodeLabel(name)}:${encodeLabel(user)}?secret=${secret}&issuer=${encodeURIComponent(name)}`;
}
