// Noble's, and not `crypto.subtle`: that one is missing on plain-http pages, where stories are looked at from a phone.
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { managedNonce } from '@noble/ciphers/utils.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * What has to be recognised again and must not be readable in the store: numbers, codes, session ids. HMAC-SHA-256 under
 * the API key, so that whoever reads the database alone cannot try all six-digit codes or all phone numbers.
 */
export interface Fingerprints {
  /** 128 bits in hexadecimal. The kind keeps what is told apart apart: a code never equals a session. */
  of(kind: 'session' | 'code' | 'phone' | 'address' | 'intent' | 'request', ...parts: string[]): string;
  /** Keeps a text so that only who knows `secret` again, and the API key, can read it. */
  seal(secret: string, text: string): string;
  /** @throws {Error} If it was not sealed with that secret. */
  open(secret: string, sealed: string): string;
}

export function createFingerprints(apiKey: string): Fingerprints {
  const key = utf8ToBytes(apiKey);
  // As JSON, so that `ab` + `c` and `a` + `bc` differ.
  const mac = (parts: readonly string[]) => hmac(sha256, key, utf8ToBytes(JSON.stringify(parts)));
  const cipher = (secret: string) => managedNonce(xchacha20poly1305)(mac(['seal', secret]));

  return {
    of: (kind, ...parts) => bytesToHex(mac([kind, ...parts])).slice(0, 32),
    seal: (secret, text) => bytesToHex(cipher(secret).encrypt(utf8ToBytes(text))),
    open: (secret, sealed) => new TextDecoder().decode(cipher(secret).decrypt(hexToBytes(sealed))),
  };
}
