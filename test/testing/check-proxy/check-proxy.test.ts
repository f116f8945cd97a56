// @vitest-environment node
import { checkProxy, CONTRACT_ROWS } from 'mfa-kit/testing';
import { describe, expect, it } from 'vitest';

import { API_KEY, mountHandler, named, PHONE, type Proxy, startWorkOs, through } from './own-proxy.js';
import { serveProxy } from './serve-proxy.js';

describe('the kit’s own handler', () => {
  it('passes every row, with nothing left out', async () => {
    const workOs = startWorkOs();
    const report = await checkProxy({ ...workOs.given, fetch: through(mountHandler(workOs)) });
    expect(report.rows.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(report.rows.map(({ name }) => name)).toEqual(CONTRACT_ROWS.map(({ name }) => name));
  });

  it('passes over a network too', async () => {
    const workOs = startWorkOs();
    const { proxy, place } = lateProxy();
    const server = await serveProxy(proxy);
    place(mountHandler(workOs, { origins: [server.origin] }));
    try {
      const report = await checkProxy({ ...workOs.given, url: server.url });
      expect(report.rows.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    } finally {
      await server.close();
    }
  });

  it('passes with a session that never changes, and on another origin than its pages', async () => {
    const workOs = startWorkOs();
    const handler = mountHandler(workOs, { origins: ['https://pages.example'], onVerified: () => undefined });
    const options = { ...workOs.given, origin: 'https://pages.example', fetch: through(handler) };
    expect(named(await checkProxy(options), 'missed', 'advised', 'not_checked')).toEqual([]);
  });
});

describe('the check', () => {
  it('leaves nothing behind, and touches no factor but its own', async () => {
    const workOs = startWorkOs();
    const handler = mountHandler(workOs);
    const pending = await enrolled(handler, workOs.ada);
    await checkProxy({ ...workOs.given, expire: undefined, fetch: through(handler) });
    expect(workOs.emulator.factors.map(({ id }) => id)).toEqual([pending]);
  });

  it('sends one text message, a second one only where time can be moved, and none where none is wanted', async () => {
    const sent = async (options: object) => {
      const workOs = startWorkOs();
      await checkProxy({ ...workOs.given, ...options, fetch: through(mountHandler(workOs)) });
      return workOs.emulator.inbox.length;
    };
    expect(await sent({ expire: undefined })).toBe(1);
    expect(await sent({ expire: undefined, codeOf: undefined })).toBe(1);
    expect(await sent({})).toBe(2);
    expect(await sent({ phoneNumber: null })).toBe(0);
  });

  it('says of each row that it could not try what it needs', async () => {
    const workOs = startWorkOs();
    const { url, cookie, now } = workOs.given;
    const handler = mountHandler(workOs, { sms: {} });
    const alone = await checkProxy({ url, cookie, now, fetch: through(handler) });
    const why = Object.fromEntries(
      alone.rows.filter(({ outcome }) => outcome === 'not_checked').map(({ name, detail }) => [name, detail]),
    );
    const taken =
      'The number was not taken (POST /factors → 422, read as phone_not_supported): give one that the proxy allows.';
    const other = 'Needs a second signed-in user: give `other` (--other-cookie).';
    expect(why).toEqual({
      'enrolled phone': taken,
      'whole phone number': taken,
      'code from a text message': 'Needs `codeOf`, which reads the message.',
      'expired challenge': 'Needs `expire`, which moves the clock of a test proxy.',
      'list of factors of others': other,
      'factor of another: GET': other,
      'factor of another: challenge': other,
      'factor of another: DELETE': other,
      'challenge of another: verify': other,
      'Idempotency-Key of another': other,
    });
    expect(named(alone, 'missed', 'advised')).toEqual([]);
  });

  it('tells nothing that must not be told', async () => {
    const workOs = startWorkOs();
    const handler = mountHandler(workOs);
    const bodies: string[] = [];
    const report = await checkProxy({
      ...workOs.given,
      fetch: async (url, init) => {
        const response = await through(handler)(url, init);
        bodies.push(`${await new Request(url, init).text()} ${await response.clone().text()}`);
        return response;
      },
    });
    const told = JSON.stringify(report);
    const secrets = bodies.flatMap((body) => [
      ...body.matchAll(/"secret":"(\w+)"|"code":"(\d{6})"|(auth_\w+)/g),
    ]);
    const values = new Set(secrets.map(([, secret, code, id]) => secret ?? code ?? id ?? ''));
    expect(values.size).toBeGreaterThan(20);
    for (const value of [...values, API_KEY, PHONE, workOs.ada, workOs.eve])
      expect(told).not.toContain(value);
  });

  it('stays below what would lock the test user out, and says so where an earlier run has used that up', async () => {
    const workOs = startWorkOs();
    const handler = mountHandler(workOs);
    let wrong = 0;
    const check = () =>
      checkProxy({
        ...workOs.given,
        cookie: workOs.cookieOf('ada'),
        phoneNumber: null,
        fetch: async (url, init) => {
          const response = await through(handler)(url, init);
          if ((await response.clone().text()).includes('"valid":false')) wrong += 1;
          return response;
        },
      });
    expect(named(await check(), 'missed')).toEqual([]);
    expect(wrong).toBeLessThan(10);

    await check();
    const third = await check();
    expect(named(third, 'missed')).toEqual([]);
    const row = third.rows.find(({ name }) => name === 'right code');
    expect(row?.detail).toMatch(/^The proxy counts the wrong codes of an earlier run too: wait 15 minutes/);
    expect(workOs.emulator.factors).toEqual([]);
  }, 60_000);
});

describe('where nothing can be checked', () => {
  it.each([
    ['an address that is none', { url: '/api/mfa' }, /^The address of the proxy has to be a whole one/],
    [
      'an address with more than a path',
      { url: 'https://app.example/api/mfa?x=1' },
      /^The address of the proxy has to be plain/,
    ],
    [
      'a cookie that nobody knows',
      { cookie: 'session=nobody' },
      /^GET \/factors was answered 401: nobody is signed in\./,
    ],
    ['a cookie of two lines', { cookie: 'session=1\nsecond-line' }, /^The cookie is none/],
    [
      'an origin with a path',
      { origin: 'https://app.example/' },
      /^The origin has to be scheme, host and port only/,
    ],
    [
      'a header that HTTP does not know',
      { headers: { Authorization: 'Bearer ü' } },
      /^A header has a name or a value/,
    ],
  ])('says so for %s', async (_, options, sentence) => {
    const workOs = startWorkOs();
    const check = checkProxy({ ...workOs.given, ...options, fetch: through(mountHandler(workOs)) });
    const message = await check.then(
      () => 'It was checked.',
      (error: Error) => error.message,
    );
    expect(message).toMatch(sentence);
    expect(message).not.toMatch(/second-line|Bearer/);
  });

  it('takes a redirect to a sign-in page for nobody signed in', async () => {
    const fetch = () =>
      Promise.resolve(new Response(null, { status: 302, headers: { Location: '/sign-in' } }));
    const check = checkProxy({ url: 'https://app.example/api/mfa', cookie: 'session=1', fetch });
    await expect(check).rejects.toThrow('GET /factors was answered 302: nobody is signed in.');
  });

  it('says so for a proxy that does not answer', async () => {
    const check = checkProxy({
      url: 'https://app.example/api/mfa',
      cookie: 'session=1',
      fetch: () =>
        Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })),
    });
    await expect(check).rejects.toThrow(
      'The proxy does not answer (ECONNREFUSED). Is it running, and is that its address?',
    );
  });

  it('changes nothing in an account that has confirmed factors', async () => {
    const workOs = startWorkOs();
    const handler = mountHandler(workOs, { onVerified: () => undefined });
    const id = await enrolled(handler, workOs.ada);
    const challenge = await send(handler, workOs.ada, `/factors/${id}/challenge`, {});
    await send(handler, workOs.ada, `/challenges/${challenge.id}/verify`, {
      code: workOs.emulator.currentCode(id),
    });
    const methods: unknown[] = [];
    const check = checkProxy({
      ...workOs.given,
      fetch: (url, init) => {
        methods.push(init.method);
        return through(handler)(url, init);
      },
    });
    await expect(check).rejects.toThrow('The test user has factors already');
    expect(methods).toEqual(['GET']);
  });
});

async function send(proxy: Proxy, cookie: string, path: string, body: object) {
  const headers = {
    Cookie: cookie,
    'Content-Type': 'application/json',
    Origin: 'https://app.example',
    'X-Requested-With': 'mfa-kit',
  };
  const url = `https://app.example/api/mfa${path}`;
  const response = await proxy(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }));
  return response.json();
}

const enrolled = async (proxy: Proxy, cookie: string): Promise<string> =>
  (await send(proxy, cookie, '/factors', { type: 'totp' })).id;

/** A proxy that is put in place later, once its address is known. */
function lateProxy() {
  let proxy: Proxy | undefined;
  return {
    proxy: async (request: Request) => proxy?.(request) ?? new Response(null, { status: 503 }),
    place: (real: Proxy) => {
      proxy = real;
    },
  };
}
