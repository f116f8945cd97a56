// @vitest-environment node
import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createFingerprints } from '../../src/server/fingerprint.js';

const KINDS = ['session', 'code', 'phone', 'address', 'intent', 'request'] as const;
const fingerprints = createFingerprints('sk_test_51c8d2');

describe('a fingerprint', () => {
  it('is HMAC-SHA-256 under the API key, as anybody’s library makes it', () => {
    const hmac = createHmac('sha256', 'sk_test_51c8d2').update('["phone","+15005550006"]').digest('hex');
    expect(fingerprints.of('phone', '+15005550006')).toBe(hmac.slice(0, 32));
  });

  it('is the same in every process that has the key, and another without it', () => {
    const one = fingerprints.of('session', 'user_ada', 'session_1');
    expect(createFingerprints('sk_test_51c8d2').of('session', 'user_ada', 'session_1')).toBe(one);
    expect(createFingerprints('sk_test_51c8d3').of('session', 'user_ada', 'session_1')).not.toBe(one);
  });

  it('tells kinds apart: a code is never taken for a session', () => {
    expect(new Set(KINDS.map((kind) => fingerprints.of(kind, '123456'))).size).toBe(KINDS.length);
  });

  it('tells apart what only reads alike', () => {
    const parts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', '\\', '\u0000') }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(fingerprints.of('code', ...one) === fingerprints.of('code', ...other)).toBe(isSame);
      }),
      { numRuns: 1000 },
    );
    expect(fingerprints.of('code', 'ab', 'c')).not.toBe(fingerprints.of('code', 'a', 'bc'));
  });

  it('tells nothing of what it is of: 128 bits in hexadecimal', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), fc.string({ unit: 'binary', maxLength: 300 }), (kind, text) => {
        expect(fingerprints.of(kind, text)).toMatch(/^[0-9a-f]{32}$/);
      }),
    );
  });
});

describe('a sealed text', () => {
  const SECRET = 'NAGCCFS3EYRB422HNAKAKY3XDUORMSRF';

  it('comes back to the letter for who knows its secret', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (secret, text) => {
        const sealed = fingerprints.seal(secret, text);
        expect(createFingerprints('sk_test_51c8d2').open(secret, sealed)).toBe(text);
      }),
    );
  });

  it('is not opened by another secret, another key or who has changed a bit of it', () => {
    const sealed = fingerprints.seal('key_1', SECRET);
    expect(() => fingerprints.open('key_2', sealed)).toThrow();
    expect(() => fingerprints.open('', sealed)).toThrow();
    expect(() => createFingerprints('sk_test_51c8d3').open('key_1', sealed)).toThrow();
    for (let at = 0; at < sealed.length; at += 1) {
      const digit = ((Number.parseInt(sealed[at] ?? '', 16) + 1) % 16).toString(16);
      const forged = sealed.slice(0, at) + digit + sealed.slice(at + 1);
      expect(() => fingerprints.open('key_1', forged), `digit ${at}`).toThrow();
    }
    for (const cut of ['', '00', sealed.slice(0, -2), `${sealed}00`, 'not hexadecimal']) {
      expect(() => fingerprints.open('key_1', cut)).toThrow();
    }
  });

  it('can be read by nobody who has the store alone, and is another each time', () => {
    const sealed = [fingerprints.seal('key_1', SECRET), fingerprints.seal('key_1', SECRET)];
    const bytes = Buffer.from(SECRET);
    for (const each of sealed) {
      expect(each).toMatch(/^[0-9a-f]+$/);
      expect(each).not.toContain(bytes.toString('hex'));
      expect(each).not.toContain(bytes.subarray(0, 4).toString('hex'));
      expect(Buffer.from(each, 'hex').toString('latin1')).not.toContain(SECRET.slice(0, 4));
    }
    expect(sealed[0]).not.toBe(sealed[1]);
  });

  it('is not sealed under what is kept beside it', () => {
    const owner = ['user_ada', 'session_1', 'POST /factors', 'key_1'];
    const sealed = fingerprints.seal(JSON.stringify(owner), SECRET);
    expect(() => fingerprints.open(fingerprints.of('intent', ...owner), sealed)).toThrow();
  });
});
