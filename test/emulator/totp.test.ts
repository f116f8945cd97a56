import { assert, asyncProperty, string } from 'fast-check';
import { URI } from 'otpauth';
import { generateSync } from 'otplib';
import { describe, expect, it } from 'vitest';

import { START, startEmulator } from './emulator-client.js';
import { scanQrPng } from './qr-scanner.js';

const STEP = 30_000;

/** What another vendor's authenticator app shows for the secret. */
const authenticatorApp = (secret: string, time: number) => generateSync({ secret, epoch: time / 1000 });

async function startChallenge() {
  const started = startEmulator();
  const { body: factor } = await started.enrollTotp();
  const { body: challenge } = await started.challenge(factor.id);
  const secret: string = factor.totp.secret;
  const isAccepted = async (code: string) => (await started.verify(challenge.id, code)).body.valid === true;
  return { ...started, factor, secret, isAccepted };
}

describe('an authenticator app', () => {
  it('is taken with the code that an independent library makes of the secret', async () => {
    const { secret, isAccepted } = await startChallenge();
    expect(await isAccepted(authenticatorApp(secret, START))).toBe(true);
  });

  it('shows what currentCode tells, at any time', async () => {
    const { emulator, clock, factor, secret } = await startChallenge();
    for (clock.time = START; clock.time < START + 40 * STEP; clock.time += 29_000) {
      expect(emulator.currentCode(factor.id)).toBe(authenticatorApp(secret, clock.time));
    }
  });

  it.each([
    ['30 s behind', 'taken', -STEP],
    ['30 s ahead', 'taken', STEP],
    ['60 s behind', 'refused', -2 * STEP],
    ['60 s ahead', 'refused', 2 * STEP],
  ])('on a phone %s is %s', async (_, outcome, skew) => {
    const { secret, isAccepted } = await startChallenge();
    expect(await isAccepted(authenticatorApp(secret, START + skew))).toBe(outcome === 'taken');
  });

  it.each(['', '12345', '1234567', 'abcdef', '١٢٣٤٥٦', '12 34 56', '-12345'])(
    'is not mistaken for the text "%s"',
    async (text) => {
      const { isAccepted } = await startChallenge();
      expect(await isAccepted(text)).toBe(false);
    },
  );

  it('gets a secret of its own each time it is enrolled', async () => {
    const { enrollTotp } = startEmulator();
    const secrets = [await enrollTotp(), await enrollTotp()].map(({ body }): string => body.totp.secret);
    expect(secrets[0]).not.toBe(secrets[1]);
  });

  it("keeps a challenge open for as long as the person takes, since TOTP's never expire", async () => {
    const { emulator, clock, factor, isAccepted } = await startChallenge();
    emulator.expireChallenges();
    clock.time += 30 * 86_400_000;
    expect(await isAccepted(emulator.currentCode(factor.id))).toBe(true);
  });
});

describe('the key URI', () => {
  it('has the form that WorkOS writes', async () => {
    const { enrollTotp } = startEmulator();
    const { totp } = (await enrollTotp('FooCorp')).body;
    expect(totp.uri).toBe(
      `otpauth://totp/FooCorp:alan.turing@example.com?secret=${totp.secret}&issuer=FooCorp`,
    );
  });

  it('leaves the blanks out of the issuer, and only there', async () => {
    const { totp } = (await startEmulator().enrollTotp('Foo  Corp Ltd', 'alan turing')).body;
    expect(totp.uri).toBe(`otpauth://totp/FooCorpLtd:alan%20turing?secret=${totp.secret}&issuer=FooCorpLtd`);
    expect([totp.issuer, totp.user]).toEqual(['Foo  Corp Ltd', 'alan turing']);
  });

  it('encodes what would end it early', async () => {
    const { enrollTotp } = startEmulator();
    const { totp } = (await enrollTotp('A&B: 100%', 'x?y=1#z/é')).body;
    expect(totp.uri).toBe(
      `otpauth://totp/A%26B%3A100%25:x%3Fy%3D1%23z%2F%C3%A9?secret=${totp.secret}&issuer=A%26B%3A100%25`,
    );
  });

  it('brings any account name to the app as it is, and any issuer but for its blanks', async () => {
    const name = string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter(
      (text) => text.trim() !== '',
    );
    await assert(
      asyncProperty(name, name, async (issuer, user) => {
        const { totp } = (await startEmulator().enrollTotp(issuer, user)).body;
        const key = URI.parse(totp.uri);
        expect([key.issuer, key.label]).toEqual([issuer.replaceAll(' ', ''), user]);
        expect(key.secret.base32).toBe(totp.secret);
      }),
      { numRuns: 50 },
    );
  });

  it('survives half an emoji in a name, as a cut-off string has it', async () => {
    const { status, body } = await startEmulator().enrollTotp('Foo \ud83d', 'alan');
    expect(status).toBe(201);
    expect(body.totp.uri).toContain('Foo%EF%BF%BD:alan');
  });

  it('is refused, not cut, when no QR code could hold it', async () => {
    const { emulator, enrollTotp } = startEmulator();
    expect((await enrollTotp('é'.repeat(400), 'alan')).status).toBe(422);
    expect(emulator.factors).toEqual([]);
    expect((await enrollTotp('F'.repeat(1100), 'alan')).status).toBe(201); // 2,268 characters, the last version
  });
});

describe('the QR code', () => {
  it.each([
    ['a common', 'Foo Corp'],
    ['the shortest', 'A'],
    ['a foreign', 'Ünïcødé & Söhne 株式会社'],
    ['a very long', 'F'.repeat(250)],
  ])('scans to the same key URI with %s issuer', async (_, issuer) => {
    const { totp } = (await startEmulator().enrollTotp(issuer)).body;
    expect(scanQrPng(totp.qr_code).text).toBe(totp.uri);
  });

  it('is drawn sharp and large, without a quiet zone, like the original', async () => {
    const { totp } = (await startEmulator().enrollTotp()).body;
    const { width, height, pixelsPerModule } = scanQrPng(totp.qr_code);
    expect(pixelsPerModule).toBe(16); // the first pixel is black, and a finder pattern 7 modules wide follows
    expect(width).toBe(height);
    expect(width % pixelsPerModule).toBe(0);
    expect(width).toBeGreaterThanOrEqual(33 * 16);
  });

  it('stays small enough to travel inside JSON', async () => {
    const { totp } = (await startEmulator().enrollTotp()).body;
    expect(totp.qr_code.length).toBeLessThan(10_000);
  });

  it('is told once: later answers hold neither picture, URI nor secret', async () => {
    const { get, post, enrollTotp, challenge, verify, emulator } = startEmulator();
    const { id, totp } = (await enrollTotp()).body;
    const user = await post('/user_management/users/user_1/auth_factors', { type: 'totp' });
    const started = await challenge(id);
    const later = [
      await get(`/auth/factors/${id}`),
      started,
      await verify(started.body.id, emulator.currentCode(id)),
      await get('/user_management/users/user_1/auth_factors'),
    ].map(({ text }) => text);
    for (const secret of [totp.secret, user.body.authentication_factor.totp.secret]) {
      expect(later.join()).not.toContain(secret);
    }
    expect(later.join()).not.toMatch(/qr_code|otpauth/);
  });
});
