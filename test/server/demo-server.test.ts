// @vitest-environment node
import { readFile } from 'node:fs/promises';
import { generateSync } from 'otplib';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { type AppOptions, createApp } from '../../examples/demo/server/app.ts';
import { createSessions } from '../../examples/demo/server/sessions.ts';
import pkg from '../../package.json' with { type: 'json' };

const ORIGIN = 'http://127.0.0.1:5173';
const ADA = 'ada@example.com';

afterEach(() => void vi.unstubAllGlobals());

/** The demo's own server on the emulator, in process, and browsers that keep its cookie. */
function runApp(options: Partial<AppOptions> = {}) {
  const app = createApp({ origins: [ORIGIN, 'http://localhost:5173'], ...options });

  function open(cookie?: string) {
    let kept = cookie;
    async function send(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
      const init: RequestInit = {
        method,
        headers: {
          ...(method !== 'GET' && {
            'Content-Type': 'application/json',
            'X-Requested-With': path.startsWith('/api/mfa/') ? 'mfa-kit' : 'demo',
            Origin: ORIGIN,
          }),
          ...(kept !== undefined && { Cookie: kept }),
          ...headers,
        },
        ...(body && { body: JSON.stringify(body) }),
      };
      const response = await app(new Request(`${ORIGIN}${path}`, init));
      kept = response.headers.getSetCookie()[0]?.split(';')[0] ?? kept;
      const text = await response.text();
      return { status: response.status, body: text ? JSON.parse(text) : undefined };
    }
    const mfa = (method: string, path: string, body?: object) => send(method, `/api/mfa${path}`, body);

    /** An authenticator app up to the last press: `confirm` sends the code, of a new challenge each time. */
    async function beginTotp() {
      const { id, totp } = (await mfa('POST', '/factors', { type: 'totp' })).body;
      // One code is taken once. WorkOS takes those of the 30 seconds before and after, too.
      const steps = [0, 30, -30].values();
      const code = () =>
        generateSync({ secret: totp.secret, epoch: Date.now() / 1000 + (steps.next().value ?? 0) });
      return { id: String(id), code, confirm: () => verify(id, code()) };
    }
    async function verify(factorId: string, code: string) {
      const challenge = await mfa('POST', `/factors/${factorId}/challenge`, {});
      return mfa('POST', `/challenges/${challenge.body.id}/verify`, { code });
    }

    return {
      send,
      mfa,
      beginTotp,
      verify,
      signIn: (email = ADA) => send('POST', '/api/sign-in', { email, password: 'x' }),
      cookie: () => kept ?? '',
      stage: async (): Promise<string | undefined> => (await send('GET', '/api/session')).body.user?.stage,
      factors: async () => (await mfa('GET', '/factors')).body.data,
      async enrolTotp() {
        const factor = await beginTotp();
        expect((await factor.confirm()).body.valid).toBe(true);
        return factor;
      },
    };
  }
  return { open };
}

describe('a write that another site made the browser send', () => {
  const ROUTES = ['/api/sign-in', '/api/sign-out', '/api/dev/reset', '/api/dev/clock'];
  const FOREIGN: Record<string, Record<string, string>> = {
    'from another site': { 'Sec-Fetch-Site': 'cross-site' },
    'from another subdomain': { 'Sec-Fetch-Site': 'same-site' },
    'from nowhere, as a bookmark is': { 'Sec-Fetch-Site': 'none' },
    'from another origin': { Origin: 'https://evil.example' },
    'from another port of this machine': { Origin: 'http://127.0.0.1:5174' },
    'from a sandboxed frame': { Origin: 'null' },
    'with the same site, but another origin': {
      'Sec-Fetch-Site': 'same-origin',
      Origin: 'https://evil.example',
    },
    'by a form': { 'Content-Type': 'application/x-www-form-urlencoded' },
    'as text that is JSON': { 'Content-Type': 'text/plain' },
    'with the header of another library': { 'X-Requested-With': 'XMLHttpRequest' },
  };

  it.each(ROUTES.flatMap((path) => Object.keys(FOREIGN).map((how) => [path, how] as const)))(
    'is refused: %s, %s',
    async (path, how) => {
      const person = runApp().open();
      await person.signIn();
      await person.mfa('POST', '/factors', { type: 'sms', phone_number: '+15005550006' });
      const before = person.cookie();
      const body = { email: 'eve@example.com', password: 'x', seconds: 60 };
      expect((await person.send('POST', path, body, FOREIGN[how])).status).toBe(403);
      expect(person.cookie()).toBe(before);
      expect((await person.send('GET', '/api/session')).body.user.email).toBe(ADA);
      expect((await person.send('GET', '/api/dev/factors')).body.factors).toHaveLength(1);
      expect((await person.send('GET', '/api/dev/inbox')).body.secondsAhead).toBe(0);
    },
  );

  it.each(ROUTES)('is refused when nothing tells where %s came from', async (path) => {
    const app = createApp({ origins: [ORIGIN] });
    const headers = { 'Content-Type': 'application/json', 'X-Requested-With': 'demo' };
    const request = new Request(`${ORIGIN}${path}`, { method: 'POST', headers, body: '{"seconds":60}' });
    expect((await app(request)).status).toBe(403);
  });
});

describe('a session cookie', () => {
  it('is for the server only, and for this site', async () => {
    const app = createApp({ origins: [ORIGIN] });
    const headers = { 'Content-Type': 'application/json', 'X-Requested-With': 'demo', Origin: ORIGIN };
    const body = JSON.stringify({ email: ADA, password: 'x' });
    const answer = await app(new Request(`${ORIGIN}/api/sign-in`, { method: 'POST', headers, body }));
    expect(answer.headers.get('Set-Cookie')).toMatch(
      /^session=[\w-]+\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; /,
    );
  });

  it.each<[string, (id: string, signature: string) => string]>([
    ['that is empty', () => 'session='],
    ['without a signature', (id) => `session=${id}`],
    ['with an empty signature', (id) => `session=${id}.`],
    ['with a signature that was made up', (id) => `session=${id}.${'A'.repeat(43)}`],
    ['with half of its signature', (id, signature) => `session=${id}.${signature.slice(0, 20)}`],
    ['with the signature of another id', (id, signature) => `session=${id}A.${signature}`],
    ['by another name', (id, signature) => `xsession=${id}.${signature}`],
  ])('%s is nobody’s', async (_what, forge) => {
    const { open } = runApp();
    const ada = open();
    await ada.signIn();
    const [id = '', signature = ''] = ada.cookie().slice('session='.length).split('.');
    expect(await open(`session=${id}.${signature}`).stage()).toBe('complete');
    const eve = open(forge(id, signature));
    expect(await eve.stage()).toBeUndefined();
    expect((await eve.mfa('GET', '/factors')).status).toBe(401);
  });

  it('of another server is nobody’s, whether or not it has the same secret', async () => {
    for (const sessionSecret of ['one', 'other']) {
      const elsewhere = runApp({ sessionSecret }).open();
      await elsewhere.signIn();
      expect(await runApp({ sessionSecret: 'one' }).open(elsewhere.cookie()).stage()).toBeUndefined();
    }
  });

  it('is worth nothing after its person has signed out, or signed in anew', async () => {
    const { open } = runApp();
    const ada = open();
    await ada.signIn();
    const first = ada.cookie();
    await ada.signIn();
    const second = ada.cookie();
    await ada.send('POST', '/api/sign-out', {});
    expect(await Promise.all([first, second].map((cookie) => open(cookie).stage()))).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('with a real key', () => {
  const ROUTES = [
    ['GET', '/api/dev/inbox'],
    ['GET', '/api/dev/factors'],
    ['POST', '/api/dev/clock'],
    ['POST', '/api/dev/reset'],
  ] as const;

  it.each(ROUTES)('there is no %s %s, and the network is left alone', async (method, path) => {
    const fetch = vi.fn();
    vi.stubGlobal('fetch', fetch);
    const person = runApp({ workOsApiKey: 'sk_live_1' }).open();
    await person.signIn();
    const body = method === 'POST' ? { seconds: 60 } : undefined;
    expect(await person.send(method, path, body)).toEqual({ status: 404, body: { code: 'not_found' } });
    expect((await person.send('GET', '/api/session')).body).toMatchObject({
      workOs: 'real',
      user: { email: ADA },
    });
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe('somebody who has the password only', () => {
  async function protectedAccount() {
    const { open } = runApp();
    const [ada, eve] = [open(), open()];
    await ada.signIn();
    const factor = await ada.enrolTotp();
    await eve.signIn();
    return { open, ada, eve, factor };
  }

  it('can neither delete the second step nor add one', async () => {
    const { ada, eve, factor } = await protectedAccount();
    expect(await eve.stage()).toBe('password');
    const tries = [
      await eve.mfa('DELETE', `/factors/${factor.id}`),
      await eve.mfa('POST', '/factors', { type: 'totp' }),
      await eve.mfa('POST', '/factors', { type: 'sms', phone_number: '+15555555555' }),
    ];
    expect(tries.map(({ status, body }) => [status, body.code])).toEqual(
      tries.map(() => [403, 'step_up_required']),
    );
    expect(await ada.factors()).toMatchObject([{ id: factor.id, status: 'verified' }]);
  });

  it('is signed in by the second step, and by nothing less', async () => {
    const { eve, factor } = await protectedAccount();
    const code = await eve.verify(factor.id, '000000');
    expect([code.status, code.body.valid, await eve.stage()]).toEqual([200, false, 'password']);
    expect((await factor.confirm()).body.valid).toBe(true); // Ada's own press, in her own browser
    expect(await eve.stage()).toBe('password');
  });

  it('cannot finish an enrolment that was begun while a password was enough', async () => {
    const { open } = runApp();
    const [ada, eve] = [open(), open()];
    await eve.signIn();
    const factor = (await eve.mfa('POST', '/factors', { type: 'totp' })).body;
    const challenge = (await eve.mfa('POST', `/factors/${factor.id}/challenge`, {})).body;
    await ada.signIn();
    await ada.enrolTotp();

    await eve.signIn();
    expect((await eve.mfa('POST', `/factors/${factor.id}/challenge`, {})).status).toBe(403);
    const code = generateSync({ secret: factor.totp.secret });
    expect((await eve.mfa('POST', `/challenges/${challenge.id}/verify`, { code })).status).toBe(403);
    expect(await eve.stage()).toBe('password');
    expect(await ada.factors()).toMatchObject([{ status: 'pending' }, { status: 'verified' }]);
  });

  it('is signed out when the account gets its first second step', async () => {
    const { open } = runApp();
    const [ada, eve, bob] = [open(), open(), open()];
    await eve.signIn();
    await bob.signIn('bob@example.com');
    await ada.signIn();
    await ada.enrolTotp();
    expect(await eve.stage()).toBeUndefined();
    expect(await bob.stage()).toBe('complete'); // another account
  });
});

describe('a second step that was removed', () => {
  it('proves nothing any more: who showed it once owes the one that came after', async () => {
    const { open } = runApp();
    const [ada, eve] = [open(), open()];
    await eve.signIn(); // with Ada's password, before she has a second step
    const ofEve = await eve.enrolTotp();
    await eve.verify(ofEve.id, ofEve.code());
    expect((await eve.mfa('DELETE', `/factors/${ofEve.id}`)).status).toBe(204);

    await ada.signIn();
    const begun = await ada.beginTotp();
    const copy = open(eve.cookie());
    await begun.confirm();
    for (const session of [eve, copy]) {
      expect(await session.stage()).not.toBe('complete');
      expect((await session.mfa('DELETE', `/factors/${begun.id}`)).status).toBe(401); // signed out
      expect((await session.mfa('POST', '/factors', { type: 'totp' })).status).toBe(401);
    }
    expect(await ada.factors()).toMatchObject([{ id: begun.id, status: 'verified' }]);
  });

  it('is owed anew by the session that knows only it, as long as another is there', async () => {
    const { open } = runApp();
    const [laptop, phone] = [open(), open()];
    await laptop.signIn();
    const first = await laptop.enrolTotp();
    await phone.signIn();
    await phone.verify(first.id, first.code());
    expect(await phone.stage()).toBe('complete');
    await laptop.verify(first.id, first.code());
    const second = await laptop.enrolTotp();
    expect((await laptop.mfa('DELETE', `/factors/${first.id}`)).status).toBe(204);
    expect(await laptop.stage()).toBe('complete'); // it has shown a code of the second one
    expect(await phone.stage()).toBe('password');
    await laptop.verify(second.id, second.code());
    expect((await laptop.mfa('DELETE', `/factors/${second.id}`)).status).toBe(204);
    expect(await phone.stage()).toBe('complete'); // the account has none: the password is all there is
  });
});

describe('two that press at the same time', () => {
  it('cannot both add the first second step of an account', async () => {
    const { open } = runApp();
    const [ada, eve] = [open(), open()];
    await Promise.all([ada.signIn(), eve.signIn()]);
    const [ofAda, ofEve] = [await ada.beginTotp(), await eve.beginTotp()];
    const answers = await Promise.all([ofAda.confirm(), ofEve.confirm()]);
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 403]);
    expect([await ada.stage(), await eve.stage()].filter((stage) => stage === 'complete')).toHaveLength(1);
  });

  it('cannot bring a session back that ended while a code was being checked', () => {
    const sessions = createSessions({ secret: 'x', now: Date.now });
    const cookie = sessions.begin({ id: 'user_1', email: ADA }).split(';')[0] ?? '';
    const session = sessions.find(new Request(ORIGIN, { headers: { Cookie: cookie } }));
    if (!session) return expect.unreachable('The session has just begun.');
    sessions.end(session);
    expect(() => sessions.raise(session, 'auth_factor_1', true)).toThrow('The session ended');
  });
});

it('tells who copies the demo to install everything that the emulator needs', async () => {
  const readme = await readFile(new URL('../../examples/demo/README.md', import.meta.url), 'utf8');
  const installed = /npm install --save-dev ([^`]+)`/.exec(readme)?.[1]?.split(/\s+/);
  expect(installed).toEqual(expect.arrayContaining(Object.keys(pkg.peerDependenciesMeta)));
});
