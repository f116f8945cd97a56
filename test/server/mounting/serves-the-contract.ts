import { expect, it } from 'vitest';

import { type mountRecipe, ORIGIN, requestOf } from './recipe.ts';

type Mounted = Awaited<ReturnType<typeof mountRecipe>>;

interface ItsProxy {
  /** The header that the recipe takes the client's address from; `undefined` where it is the connection's own. */
  addressHeader: string | undefined;
}

/** What every recipe owes, however it is mounted. */
export function servesTheContract(mount: () => Promise<Mounted>, { addressHeader }: ItsProxy): void {
  it('takes somebody from an empty list to a confirmed factor and back', async () => {
    const { signIn, emulator } = await mount();
    const ada = await signIn();
    const answers: { status: number; headers: Headers }[] = [];
    const call = async (...request: Parameters<typeof ada.call>) => {
      const answer = await ada.call(...request);
      answers.push(answer);
      return answer;
    };

    expect(await call('GET', '/factors')).toMatchObject({ status: 200, body: { data: [] } });

    const enrolled = await call('POST', '/factors', { type: 'totp' });
    expect(enrolled).toMatchObject({
      status: 201,
      body: { type: 'totp', status: 'pending', totp: { secret: expect.any(String) } },
    });
    const { id } = enrolled.body;

    const challenged = await call('POST', `/factors/${id}/challenge`, {});
    expect(challenged).toMatchObject({ status: 201, body: { authentication_factor_id: id } });
    const verify = `/challenges/${challenged.body.id}/verify`;

    const right = emulator.currentCode(id);
    const wrong = await call('POST', verify, { code: right === '000000' ? '000001' : '000000' });
    expect(wrong).toMatchObject({ status: 200, body: { valid: false } });
    expect(wrong.headers.getSetCookie()).toEqual([]);

    expect(await call('POST', verify, { code: right })).toMatchObject({ status: 200, body: { valid: true } });
    const listed = await call('GET', '/factors');
    expect(listed.body.data).toMatchObject([{ id, status: 'verified' }]);
    expect(listed.text).not.toContain(enrolled.body.totp.secret);

    // The code that completed the enrolment is no fresh proof: whoever is in the session may have started it.
    expect(await call('DELETE', `/factors/${id}`)).toMatchObject({
      status: 403,
      body: { code: 'step_up_required' },
    });
    expect((await ada.verifyAgain({ id, secret: enrolled.body.totp.secret })).body.valid).toBe(true);
    expect(await call('DELETE', `/factors/${id}`)).toMatchObject({ status: 204, text: '' });
    expect((await call('GET', '/factors')).body).toEqual({ data: [] });
    expect(emulator.factors).toEqual([]);

    for (const { status, headers } of answers) {
      expect(headers.get('Content-Type')).toBe(status === 204 ? null : 'application/json');
      expect(headers.get('Cache-Control')).toBe('no-store');
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
    }
  });

  it('gives the session a new cookie with the right code, and leaves a stolen copy of the old with nothing', async () => {
    const { signIn, send } = await mount();
    const ada = await signIn();
    const stolen = ada.cookie;
    await ada.enrol();
    expect(ada.cookie).not.toBe(stolen);
    expect((await ada.call('GET', '/factors')).status).toBe(200);
    expect((await send(requestOf('GET', '/factors', undefined, { Cookie: stolen }))).status).toBe(401);
  });

  it('lets nobody complete a sign-in with a factor of their own', async () => {
    const { signIn, emulator } = await mount();
    const ada = await signIn();
    const { body: pending } = await ada.call('POST', '/factors', { type: 'totp' });
    const thief = await signIn(undefined, true); // knows the password, and owes the code
    const before = thief.cookie;
    const { body: challenge } = await thief.call('POST', `/factors/${pending.id}/challenge`, {});
    const code = emulator.currentCode(pending.id);
    const { status } = await thief.call('POST', `/challenges/${challenge.id}/verify`, { code });
    expect(status).toBeGreaterThanOrEqual(500);
    expect(thief.cookie).toBe(before);
  });

  it('answers nobody who is not signed in, and no other site', async () => {
    const { signIn, send } = await mount();
    const { cookie } = await signIn();
    expect((await send(requestOf('GET', '/factors'))).status).toBe(401);
    const forged = { Cookie: cookie, Origin: 'https://evil.example' };
    expect((await send(requestOf('POST', '/factors', { type: 'totp' }, forged))).status).toBe(403);
  });

  it('takes a body of no more than 16 kB', async () => {
    const { signIn } = await mount();
    const { status, body } = await (
      await signIn()
    ).call('POST', '/factors', {
      type: 'totp',
      more: 'x'.repeat(20_000),
    });
    expect({ status, code: body.code }).toEqual({ status: 413, code: 'invalid_request' });
  });

  it('makes no difference between addresses that do not exist and factors of others', async () => {
    const { signIn } = await mount();
    const { id } = await (await signIn()).enrol();
    const eve = await signIn({ id: 'user_eve', email: 'eve@example.com' });
    for (const path of [`/factors/${id}`, '/factors/auth_factor_none', '/nothing']) {
      expect(await eve.call('GET', path)).toMatchObject({ status: 404, body: { code: 'entity_not_found' } });
    }
  });

  it.each(['HEAD', 'OPTIONS', 'PUT'])(
    'changes nothing on a %s, and grants other origins nothing',
    async (method) => {
      const { signIn, send, emulator } = await mount();
      const { cookie } = await signIn();
      const headers = { Cookie: cookie, 'Access-Control-Request-Method': 'POST', Origin: ORIGIN };
      const response = await send(requestOf(method, '/factors', undefined, headers));
      expect([204, 400, 403, 405, 415]).toContain(response.status);
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(emulator.factors).toEqual([]);
    },
  );

  it('sends text messages to one address at a time, whoever is signed in there', async () => {
    const { signIn, emulator } = await mount();
    const askFor = async (phone: string, address: string) => {
      const browser = await signIn({ id: `user_${phone}`, email: 'someone@example.com' });
      const enrolled = await browser.call('POST', '/factors', { type: 'sms', phone_number: phone });
      const headers = addressHeader === undefined ? {} : { [addressHeader]: address };
      return browser.call('POST', `/factors/${enrolled.body.id}/challenge`, {}, headers);
    };
    const first = await askFor('+12015550123', '203.0.113.9');
    expect(first).toMatchObject({ status: 201, body: { expires_in: 600 } });
    const second = await askFor('+12015550124', '203.0.113.9');
    expect(second).toMatchObject({ status: 429, body: { code: 'rate_limit_exceeded' } });
    expect(Number(second.headers.get('Retry-After'))).toBe(second.body.retry_after);
    const elsewhere = await askFor('+12015550125', '203.0.113.77');
    expect(elsewhere.status).toBe(addressHeader === undefined ? 429 : 201);
    expect(emulator.inbox).toHaveLength(addressHeader === undefined ? 1 : 2);
    expect(first.text + second.text + elsewhere.text).not.toMatch(/20155501|"code":"\d/);
  });
}
