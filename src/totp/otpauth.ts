/** Base32 as it is compared: without grouping or padding, in capitals. */
export const plainSecret = (secret: string): string => secret.replace(/[\s=-]/g, '').toUpperCase();

/**
 * Whether a key URI may become a link: it adds a TOTP account, and with the secret that is shown beside it. A link with
 * another scheme could open any app; one with another secret would enrol somebody else's.
 * @see Key URI Format, https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function isKeyUri(uri: string, secret: string): boolean {
  const query = /^otpauth:\/\/totp\/[^\s?#]+\?([^\s#]+)$/.exec(uri)?.[1];
  if (query === undefined) return false;
  const secrets = new URLSearchParams(query).getAll('secret');
  return secrets.length === 1 && plainSecret(secrets[0] ?? '') === plainSecret(secret);
}

/** The secret in groups of four, as people read it out and type it. */
export function groupSecret(secret: string): string[] {
  return plainSecret(secret).match(/.{1,4}/g) ?? [];
}
