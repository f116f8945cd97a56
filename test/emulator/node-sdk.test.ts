// @vitest-environment node
import * as sdk8 from '@workos-inc/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as sdk11 from 'workos-node-newest';

import { createWorkOsEmulator, type WorkOsEmulator } from '../../src/emulator/index.js';
import { API_KEY, START } from './emulator-client.js';
import { serveEmulator, type EmulatorServer } from './emulator-server.js';

const USER = 'user_01FVYZ5QM8N98T9ME5BCB2BBMJ';

/** What an app does to use the SDK of that version, apart from the network address. */
const SDKS = [
  {
    name: '@workos-inc/node 8',
    exceptions: sdk8,
    requestId: /^$/, // it looks the header up in capitals, in names that are lower-cased: of WorkOS itself it finds none
    connect: (port: number, apiKey = API_KEY) => {
      const workos = new sdk8.WorkOS(apiKey, { apiHostname: '127.0.0.1', port, https: false });
      return {
        mfa: workos.mfa,
        enrollUser: () =>
          workos.userManagement.enrollAuthFactor({
            userId: USER,
            type: 'totp',
            totpIssuer: 'Foo Corp',
            totpUser: 'alan.turing@example.com',
          }),
        listUser: () => workos.userManagement.listAuthFactors({ userId: USER }),
      };
    },
  },
  {
    name: '@workos-inc/node 11',
    exceptions: sdk11,
    requestId: /^[0-9A-Z]{26}$/,
    connect: (port: number, apiKey = API_KEY) => {
      const workos = new sdk11.WorkOS(apiKey, {
        apiHostname: '127.0.0.1',
        port,
        https: false,
        maxRetries: 0,
      });
      return {
        mfa: workos.multiFactorAuth,
        enrollUser: () =>
          workos.multiFactorAuth.createUserAuthFactor({
            userId: USER,
            type: 'totp',
            totpIssuer: 'Foo Corp',
            totpUser: 'alan.turing@example.com',
          }),
        listUser: () => workos.multiFactorAuth.listUserAuthFactors({ userId: USER }),
      };
    },
  },
];

const rejection = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('The call was expected to fail.'),
    (error: unknown) => error,
  );

describe.each(SDKS)('$name does not notice that WorkOS is emulated', ({ connect, exceptions, requestId }) => {
  let time: number;
  let emulator: WorkOsEmulator;
  let server: EmulatorServer;
  let client: ReturnType<typeof connect>;

  beforeEach(async () => {
    time = START;
    emulator = createWorkOsEmulator({ apiKey: API_KEY, now: () => time });
    server = await serveEmulator(emulator);
    client = connect(server.port);
  });
  afterEach(() => server.close());

  const enrollTotp = () =>
    client.mfa.enrollFactor({ type: 'totp', issuer: 'Foo Corp', user: 'alan.turing@example.com' });
  const enrollSms = () => client.mfa.enrollFactor({ type: 'sms', phoneNumber: '+15005550006' });
  const challenge = (authenticationFactorId: string) =>
    client.mfa.challengeFactor({ authenticationFactorId });
  const verify = (authenticationChallengeId: string, code: string) =>
    client.mfa.verifyChallenge({ authenticationChallengeId, code });

  it('lets a host enrol an authenticator app and verify its code', async () => {
    const factor = await enrollTotp();
    expect(factor).toMatchObject({
      object: 'authentication_factor',
      type: 'totp',
      totp: { issuer: 'Foo Corp', user: 'alan.turing@example.com' },
      createdAt: new Date(START).toISOString(),
    });
    expect(factor.totp?.secret).toHaveLength(32);
    expect(factor.totp?.qrCode).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
    expect(factor.totp?.uri).toContain(factor.totp?.secret);

    const { id, expiresAt, authenticationFactorId } = await challenge(factor.id);
    expect(expiresAt).toBeUndefined();
    expect(authenticationFactorId).toBe(factor.id);
    await expect(verify(id, 'wrong')).resolves.toMatchObject({ valid: false, challenge: { id } });
    await expect(verify(id, emulator.currentCode(factor.id))).resolves.toMatchObject({
      valid: true,
      challenge: { id },
    });
  });

  it('lets a host enrol a phone and verify the code that was texted to it', async () => {
    const factor = await enrollSms();
    expect(factor).toMatchObject({ type: 'sms', sms: { phoneNumber: '+15005550006' } });

    const { authenticationFactorId, ...sent } = await client.mfa.challengeFactor({
      authenticationFactorId: factor.id,
      smsTemplate: 'Foo Corp: {{code}}',
    });
    expect(authenticationFactorId).toBe(factor.id);
    expect(sent).toMatchObject({ expiresAt: new Date(START + 600_000).toISOString() });
    const [message] = emulator.inbox;
    expect(message).toMatchObject({
      to: '+15005550006',
      body: `Foo Corp: ${message?.code}`,
      challengeId: sent.id,
    });
    await expect(verify(sent.id, 'wrong')).resolves.toMatchObject({ valid: false });
    await expect(verify(sent.id, message?.code ?? '')).resolves.toMatchObject({ valid: true });
  });

  it.each([
    ['an authenticator app', enrollTotp],
    ['a phone', enrollSms],
  ])('lets a host look at %s again without its secret, and remove it for good', async (_, enroll) => {
    const factor = await enroll();
    const { totp, ...rest } = factor;
    await expect(client.mfa.getFactor(factor.id)).resolves.toEqual({
      ...rest,
      ...(totp && { totp: { issuer: totp.issuer, user: totp.user } }),
    });
    await expect(client.mfa.deleteFactor(factor.id)).resolves.toBeUndefined();
    const error = await rejection(client.mfa.getFactor(factor.id));
    expect(error).toBeInstanceOf(exceptions.NotFoundException);
    expect(error).toMatchObject({ status: 404, code: 'entity_not_found' });
  });

  it('lets a host enrol and list through User Management', async () => {
    const { authenticationFactor, authenticationChallenge } = await client.enrollUser();
    expect(authenticationFactor).toMatchObject({ type: 'totp', userId: USER, totp: { issuer: 'Foo Corp' } });
    expect(authenticationChallenge).toMatchObject({
      authenticationFactorId: authenticationFactor.id,
      expiresAt: new Date(START + 600_000).toISOString(),
    });
    await expect(
      verify(authenticationChallenge.id, emulator.currentCode(authenticationFactor.id)),
    ).resolves.toMatchObject({ valid: true });

    await enrollTotp(); // nobody's
    const list = await client.listUser();
    expect(await list.autoPagination()).toMatchObject([
      { id: authenticationFactor.id, totp: { issuer: 'Foo Corp', user: 'alan.turing@example.com' } },
    ]);
  });

  it('gives the exception of an expired challenge', async () => {
    const { id } = await challenge((await enrollSms()).id);
    const code = emulator.inbox[0]?.code ?? '';
    time += 600_000;
    const error = await rejection(verify(id, code));
    expect(error).toBeInstanceOf(exceptions.UnprocessableEntityException);
    expect(error).toMatchObject({
      status: 422,
      code: 'authentication_challenge_expired',
      message: `The authentication challenge '${id}' has expired.`,
    });
  });

  it('gives the exception of a challenge that was used before', async () => {
    const factor = await enrollTotp();
    const { id } = await challenge(factor.id);
    await verify(id, emulator.currentCode(factor.id));
    const error = await rejection(verify(id, emulator.currentCode(factor.id)));
    expect(error).toBeInstanceOf(exceptions.UnprocessableEntityException);
    expect(error).toMatchObject({
      status: 422,
      code: 'authentication_challenge_previously_verified',
      message: `The authentication challenge '${id}' has already been verified.`,
    });
  });

  it('gives the exception of a locked challenge', async () => {
    const factor = await enrollTotp();
    const { id } = await challenge(factor.id);
    for (let attempt = 0; attempt < 10; attempt++) await verify(id, 'wrong');
    const error = await rejection(verify(id, emulator.currentCode(factor.id)));
    expect(error).toBeInstanceOf(exceptions.GenericServerException);
    expect(error).toMatchObject({ status: 400, rawData: { code: 'one_time_code_too_many_attempts' } });
  });

  it('gives the exception of a phone number that is none', async () => {
    const error = await rejection(client.mfa.enrollFactor({ type: 'sms', phoneNumber: 'foo' }));
    expect(error).toBeInstanceOf(exceptions.UnprocessableEntityException);
    expect(error).toMatchObject({
      status: 422,
      code: 'invalid_phone_number',
      message: "Phone number is invalid: 'foo'",
    });
  });

  it('gives the exception of a missing field, with the list of what is wanted', async () => {
    const error = await rejection(client.mfa.enrollFactor({ type: 'totp', issuer: '', user: 'alan' }));
    expect(error).toBeInstanceOf(exceptions.UnprocessableEntityException);
    expect(error).toMatchObject({
      status: 422,
      code: 'invalid_request_parameters',
      message: 'The following requirement must be met:\n\ttotp_issuer_required\n',
    });
  });

  it('gives the exception of an unknown challenge', async () => {
    const error = await rejection(verify('auth_challenge_nope', '123456'));
    expect(error).toHaveProperty('requestID', expect.stringMatching(requestId));
    expect(error).toBeInstanceOf(exceptions.NotFoundException);
    expect(error).toMatchObject({
      status: 404,
      code: 'entity_not_found',
      message: "Authentication Challenge not found: 'auth_challenge_nope'.",
    });
  });

  it('gives the exception of a wrong API key', async () => {
    client = connect(server.port, 'sk_test_somebody_else');
    const error = await rejection(enrollTotp());
    expect(error).toBeInstanceOf(exceptions.UnauthorizedException);
    expect(error).toMatchObject({ status: 401 });
    expect(emulator.factors).toEqual([]);
  });

  it('gives the exception of a rate limit, with the seconds to wait', async () => {
    emulator.rateLimitFor(30);
    const error = await rejection(enrollTotp());
    expect(error).toBeInstanceOf(exceptions.RateLimitExceededException);
    expect(error).toMatchObject({ status: 429, message: 'Too many requests.', retryAfter: 30 });
  });
});
