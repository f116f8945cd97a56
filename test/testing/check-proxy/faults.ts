import type { CheckName } from 'mfa-kit/testing';

import { ORIGIN, PHONE, type WorkOs } from './own-proxy.js';
import {
  answering,
  asAda,
  asJson,
  asOwn,
  at,
  callOf,
  changed,
  type Fault,
  idOf,
  letting,
  once,
} from './tamper.js';

const LIST = 'GET /factors';
const ENROL = 'POST /factors';
const READ = 'GET /factors/:id';
const REMOVE = 'DELETE /factors/:id';
const CHALLENGE = 'POST /factors/:id/challenge';
const VERIFY = 'POST /challenges/:id/verify';
const TOTP = '{"type":"totp"}';
const SMS = `{"type":"sms","phone_number":"${PHONE}"}`;
const ATTACKER = 'https://attacker.example';

/** A failure told in another word. */
const worded = (call: string, status: number, code: string) =>
  answering(
    (answered) => answered.call === call && answered.status === status && answered.body.code !== code,
    {
      body: (body) => ({ ...body, code }),
    },
  );
const recoded = (from: string, code: string, when: (call: string) => boolean = () => true) =>
  answering(({ call, body }) => body?.code === from && when(call), { body: (body) => ({ ...body, code }) });

const forAnonymous = (call: string) =>
  answering((answered) => answered.call === call && answered.status === 401, {
    status: 403,
    body: () => ({ code: 'forbidden', message: 'No.' }),
  });

const forgedFrom = (call: string, origin: string | null, site: string | null) =>
  letting(
    (request) =>
      callOf(request) === call &&
      request.headers.get('Origin') === origin &&
      request.headers.get('Sec-Fetch-Site') === site,
    asOwn,
  );

const typed = (type: string | null) =>
  letting((request) => {
    const sent = request.headers.get('Content-Type');
    return callOf(request) === ENROL && (type === null ? sent === null : (sent?.startsWith(type) ?? false));
  }, asJson(TOTP));

const taking = (body: RegExp, as: string) =>
  letting((request, text) => callOf(request) === ENROL && body.test(text), asJson(as));

/** Nothing of the check's renews her session: it never shows a right code of hers. */
const isOfEve = (request: Request, { eve }: WorkOs) => request.headers.get('Cookie') === eve;

const foreign =
  (call: string): Fault =>
  (request, proxy, workOs) =>
    proxy(isOfEve(request, workOs) && callOf(request) === call ? asAda(request, workOs) : request);

/** Takes an origin for the app's own that is not. */
const trusting = (isTrusted: (origin: string) => boolean) =>
  letting((request) => {
    const origin = request.headers.get('Origin') ?? ORIGIN;
    return callOf(request) === ENROL && origin !== ORIGIN && isTrusted(origin);
  }, asOwn);

/** One memory of keys for all of its users. */
function forgetful(): Fault {
  const remembered = new Map<string, Response>();
  return async (request, proxy) => {
    const key = request.headers.get('Idempotency-Key');
    if (callOf(request) !== ENROL || key === null) return proxy(request);
    const response = remembered.get(key) ?? (await proxy(request));
    if (response.ok) remembered.set(key, response.clone());
    return response;
  };
}

/** Goes on showing what was removed. */
function undead(): Fault {
  const seen = new Map<string, string>();
  const removed = new Set<string>();
  return async (request, proxy) => {
    const id = idOf(request);
    const response = await proxy(request);
    if (callOf(request) === REMOVE && response.ok) removed.add(id);
    if (callOf(request) === LIST && response.ok) {
      const { data } = await response.clone().json();
      for (const factor of data) seen.set(factor.id, JSON.stringify(factor));
    }
    const ghost = callOf(request) === READ && removed.has(id) && seen.get(id);
    return ghost ? new Response(ghost, { status: 200, headers: response.headers }) : response;
  };
}

/** Asks for one more code, and then for one more. */
function jealous(): Fault {
  const confirmed = new Set<string>();
  return async (request, proxy, workOs) => {
    const watch = answering(
      ({ body }) => body?.valid === true && confirmed.add(body.challenge.authentication_factor_id).size > 0,
      {},
    );
    if (callOf(request) !== REMOVE || !confirmed.has(idOf(request))) return watch(request, proxy, workOs);
    const headers = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
    return Response.json({ code: 'step_up_required', message: 'Once more.' }, { status: 403, headers });
  };
}

/** Says no, and does it. */
const hypocrite: Fault = async (request, proxy) => {
  const refused = await proxy(request.clone());
  if (callOf(request) === ENROL && request.headers.get('Origin') === ATTACKER) await proxy(asOwn(request));
  return refused;
};

const failing = (call: string, status: number) =>
  answering((answered) => answered.call === call && answered.status === status, {
    status: 418,
    body: () => ({ code: 'invalid_request', message: 'No.' }),
  });

/** What is done wrong, the row that says so, and the proxy that does it. */
export const FAULTS: [what: string, row: CheckName, fault: () => Fault][] = [
  [
    'answers a GET that challenges',
    'other methods',
    () =>
      letting(
        (request) => callOf(request) === 'GET /factors/:id/challenge',
        at((url) => url, 'POST'),
      ),
  ],
  [
    'answers with another factor',
    'one factor',
    () =>
      answering(({ call, status }) => call === READ && status === 200, {
        body: (body) => ({ ...body, id: 'auth_factor_1' }),
      }),
  ],
  [
    'sends the QR code as a link',
    'enrolled authenticator app',
    () =>
      answering(({ body }) => body?.totp?.qr_code, {
        body: (body) => ({ ...body, totp: { ...body.totp, qr_code: 'https://qr.example/1.png' } }),
      }),
  ],
  [
    'calls a wrong code an error',
    'wrong code',
    () =>
      answering(({ body }) => body?.valid === false, {
        status: 400,
        body: () => ({ code: 'invalid_one_time_code', message: 'No.' }),
      }),
  ],
  [
    'does not say what is wrong with a number',
    'phone number refused',
    () => recoded('invalid_phone_number', 'invalid_request'),
  ],
  [
    'leaves the status out',
    'status of a factor',
    () =>
      answering(({ call, status }) => call === LIST && status === 200, {
        body: ({ data }) => ({ data: data.map((factor: object) => ({ ...factor, status: undefined })) }),
      }),
  ],

  ['shows a factor after its removal', 'removed factor is gone', undead],
  ['says no and enrols', 'refused requests change nothing', () => hypocrite],
  [
    'enrols twice for one key',
    'repeated enrolment',
    () =>
      letting(
        (request) => callOf(request) === ENROL,
        (request) => changed(request, { 'Idempotency-Key': null }),
      ),
  ],
  [
    'challenges twice for one key',
    'repeated challenge',
    () =>
      letting(
        (request) => callOf(request) === CHALLENGE,
        (request) => changed(request, { 'Idempotency-Key': null }),
      ),
  ],

  [
    'does not tell a used challenge',
    'used challenge',
    () => recoded('authentication_challenge_previously_verified', 'invalid_request'),
  ],
  [
    'does not tell an expired challenge',
    'expired challenge',
    () => recoded('authentication_challenge_expired', 'invalid_request'),
  ],
  [
    'takes a code twice',
    'TOTP code used before',
    () => async (request, proxy) => {
      const response = await proxy(request.clone());
      if (!(await response.clone().text()).includes('one_time_code_previously_used')) return response;
      return Response.json(
        { challenge: { id: idOf(request) }, valid: true },
        { headers: { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } },
      );
    },
  ],
  [
    'makes a string of any code',
    'code that is no string',
    () =>
      letting(
        (request, body) => callOf(request) === VERIFY && /"code":(?!")/.test(body),
        (request) => changed(request, {}, '{"code":"000000"}'),
      ),
  ],
  [
    'takes digits of any script',
    'code of other characters',
    () => async (request, proxy) => {
      const body = await request.clone().text();
      if (!body.includes('１')) return proxy(request);
      return Response.json(
        { challenge: { id: idOf(request) }, valid: true },
        { headers: { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } },
      );
    },
  ],

  [
    'calls too many codes a bad request',
    'wrong codes on one challenge',
    () => answering(({ status }) => status === 429, { status: 400 }),
  ],
  [
    'does not say how long to wait',
    '429 says how long to wait',
    () =>
      answering(({ status }) => status === 429, {
        headers: { 'Retry-After': null },
        body: ({ code, message }) => ({ code, message }),
      }),
  ],
  [
    'says to wait a moment',
    '429 says how long to wait',
    () =>
      answering(({ status }) => status === 429, {
        headers: { 'Retry-After': 'a moment' },
        body: ({ code, message }) => ({ code, message }),
      }),
  ],
  [
    'says no time at all',
    '429 says how long to wait',
    () =>
      answering(({ status }) => status === 429, {
        headers: { 'Retry-After': '0' },
        body: ({ code, message }) => ({ code, message }),
      }),
  ],
  [
    'says two times to wait',
    '429 says it once',
    () => answering(({ status }) => status === 429, { headers: { 'Retry-After': '3599' } }),
  ],

  [
    'says forbidden and not why, to a second factor',
    'second factor without a fresh code',
    () => recoded('step_up_required', 'forbidden', (call) => call === ENROL),
  ],
  [
    'says forbidden and not why, to a removal',
    'removal without a fresh code',
    () =>
      answering(
        once(({ call, body }) => call === REMOVE && body?.code === 'step_up_required'),
        { body: (body) => ({ ...body, code: 'forbidden' }) },
      ),
  ],

  ['calls an unknown id a bad request: GET', 'unknown id: GET', () => worded(READ, 404, 'invalid_request')],
  [
    'calls an unknown id a bad request: DELETE',
    'unknown id: DELETE',
    () => worded(REMOVE, 404, 'invalid_request'),
  ],
  [
    'calls an unknown id a bad request: challenge',
    'unknown id: challenge',
    () => worded(CHALLENGE, 404, 'invalid_request'),
  ],
  [
    'calls an unknown id a bad request: verify',
    'unknown id: verify',
    () => worded(VERIFY, 404, 'invalid_request'),
  ],
  [
    'decodes an id once',
    'slashes and dots in an id',
    () =>
      letting(
        ({ url }) => /%2f|%5c|;/i.test(url),
        at((url) => url.replace(/factors\/.*(auth_factor_\w+)/, 'factors/$1')),
      ),
  ],
  [
    'decodes an id twice',
    'slashes and dots in an id',
    () =>
      letting(
        ({ url }) => url.includes('%252F'),
        at((url) => url.replace(/factors\/.*(auth_factor_\w+)/, 'factors/$1')),
      ),
  ],
  [
    'cuts an id off at a NUL',
    'characters after an id',
    () =>
      letting(
        ({ url }) => url.includes('%00'),
        at((url) => url.replace('%00', '')),
      ),
  ],
  [
    'cuts a query off',
    'characters after an id',
    () =>
      letting(
        ({ url }) => url.includes('%3F'),
        at((url) => url.replace(/%3F.*/, '')),
      ),
  ],
  [
    'sends endless ids elsewhere',
    'endless id',
    () => answering(({ request }) => request.url.length > 1000, { status: 302 }),
  ],

  ['lists the factors of all', 'list of factors of others', () => foreign(LIST)],
  ['reads factors of others', 'factor of another: GET', () => foreign(READ)],
  ['challenges factors of others', 'factor of another: challenge', () => foreign(CHALLENGE)],
  ['removes factors of others', 'factor of another: DELETE', () => foreign(REMOVE)],
  ['verifies challenges of others', 'challenge of another: verify', () => foreign(VERIFY)],
  ['remembers keys for all at once', 'Idempotency-Key of another', forgetful],
  [
    'knows factors of others by another word',
    'factor of another: GET',
    () => async (request, proxy, workOs) => {
      const isEve = isOfEve(request, workOs);
      const tell = answering(({ call, status }) => isEve && call === READ && status === 404, {
        body: (body) => ({ ...body, owner: 'somebody else' }),
      });
      return tell(request, proxy, workOs);
    },
  ],

  ['lets anybody know of a factor', 'nobody: GET /factors/:id', () => forAnonymous(READ)],
  ['says forbidden to nobody: list', 'nobody: GET /factors', () => forAnonymous(LIST)],
  ['says forbidden to nobody: enrol', 'nobody: POST /factors', () => forAnonymous(ENROL)],
  ['says forbidden to nobody: DELETE', 'nobody: DELETE /factors/:id', () => forAnonymous(REMOVE)],
  [
    'says forbidden to nobody: challenge',
    'nobody: POST /factors/:id/challenge',
    () => forAnonymous(CHALLENGE),
  ],
  ['says forbidden to nobody: verify', 'nobody: POST /challenges/:id/verify', () => forAnonymous(VERIFY)],

  ['enrols for another site', 'other site: enrol', () => forgedFrom(ENROL, ATTACKER, 'cross-site')],
  [
    'challenges for another site',
    'other site: challenge',
    () => forgedFrom(CHALLENGE, ATTACKER, 'cross-site'),
  ],
  ['verifies for another site', 'other site: verify', () => forgedFrom(VERIFY, ATTACKER, 'cross-site')],
  ['removes for another site', 'other site: DELETE', () => forgedFrom(REMOVE, ATTACKER, 'cross-site')],
  [
    'trusts its siblings',
    'sibling of the same site',
    () => forgedFrom(ENROL, 'https://other.app.example', 'same-site'),
  ],
  ['trusts Sec-Fetch-Site alone', 'other origin, older browser', () => forgedFrom(ENROL, ATTACKER, null)],
  [
    'compares the beginning of an origin',
    'origin that looks alike',
    () => trusting((origin) => origin.startsWith(`${ORIGIN}.`)),
  ],
  [
    'compares the end of an origin',
    'origin that looks alike',
    () => trusting((origin) => origin.endsWith('-app.example')),
  ],
  [
    'trusts every port',
    'same host, other port or scheme',
    () => trusting((origin) => origin.startsWith(`${ORIGIN}:`)),
  ],
  [
    'trusts what is not encrypted',
    'same host, other port or scheme',
    () => trusting((origin) => origin === 'http://app.example'),
  ],
  ['trusts the origin null', 'null origin', () => forgedFrom(ENROL, 'null', null)],
  ['trusts what says nothing', 'no Origin, no Sec-Fetch-Site', () => forgedFrom(ENROL, null, null)],
  [
    'wants no header of its own',
    'no X-Requested-With',
    () =>
      letting(
        (request) =>
          callOf(request) === ENROL &&
          !request.headers.has('X-Requested-With') &&
          request.headers.get('Origin') === ORIGIN,
        asOwn,
      ),
  ],
  [
    'lets other sites read',
    'no CORS',
    () => answering(({ call }) => call === LIST, { headers: { 'Access-Control-Allow-Origin': '*' } }),
  ],
  [
    'grants a preflight',
    'no CORS',
    () =>
      answering(({ call }) => call === 'OPTIONS /factors', {
        headers: { 'Access-Control-Allow-Headers': 'x-requested-with' },
      }),
  ],

  ['takes HTML forms', 'HTML form', () => typed('application/x-www-form-urlencoded')],
  ['takes multipart forms', 'multipart form', () => typed('multipart/form-data')],
  ['takes JSON as text', 'JSON as text/plain', () => typed('text/plain')],
  ['takes JSON as anything', 'no content type', () => typed(null)],
  ['mends broken JSON', 'broken JSON', () => taking(/:"totp"$/, TOTP)],
  ['takes an array', 'JSON that is no object', () => taking(/^\[/, TOTP)],
  ['takes any type for a TOTP one', 'unknown type of factor', () => taking(/fax/, TOTP)],
  ['takes an object for a number', 'phone number that is no string', () => taking(/\$ne/, SMS)],
  [
    'takes the issuer of the body',
    'issuer and account in the body',
    () => async (request, proxy, workOs) => {
      const issuer = /"issuer":"([^"]+)"/.exec(await request.clone().text())?.[1];
      return answering(({ body }) => issuer !== undefined && body?.totp, {
        body: (body) => ({ ...body, totp: { ...body.totp, issuer } }),
      })(request, proxy, workOs);
    },
  ],
  ['reads bodies without an end', 'body of 1 MB', () => taking(/x{1000}/, TOTP)],

  [
    'lets lists be stored',
    'answers are not stored',
    () =>
      answering(({ call, status }) => call === LIST && status === 200, {
        headers: { 'Cache-Control': 'private' },
      }),
  ],
  [
    'lets failures be stored',
    'failures are not stored',
    () => answering(({ status }) => status === 404, { headers: { 'Cache-Control': null } }),
  ],
  [
    'leaves nosniff out',
    'nosniff',
    () => answering(() => true, { headers: { 'X-Content-Type-Options': null } }),
  ],
  [
    'fails in a sentence alone',
    'failures have a code',
    () => answering(({ status }) => status === 401, { body: () => ({ error: 'Please sign in.' }) }),
  ],
  [
    'fails at a preflight',
    'nothing fails with a 5xx',
    () => answering(({ call }) => call === 'OPTIONS /factors', { status: 500 }),
  ],

  [
    'tells the code with the challenge',
    'one-time code of a challenge',
    () =>
      answering(({ call, status }) => call === CHALLENGE && status === 201, {
        body: (body) => ({ ...body, code: '541295' }),
      }),
  ],
  [
    'tells the code of the last message when it says no',
    'one-time code of a challenge',
    () => (request, proxy, workOs) =>
      answering(({ call, status }) => call === ENROL && status === 403, {
        body: (body) => ({ ...body, otp: workOs.emulator.inbox.at(-1)?.code }),
      })(request, proxy, workOs),
  ],
  [
    'repeats a code',
    'code that was sent',
    () => async (request, proxy, workOs) => {
      const code = /"code":"(\d{6})"/.exec(await request.clone().text())?.[1];
      return answering(({ body }) => body?.valid === false, {
        body: (body) => ({ ...body, note: `${code} is wrong` }),
      })(request, proxy, workOs);
    },
  ],
  [
    'shows the QR code in the list',
    'secret after the enrolment',
    () =>
      answering(({ call, status }) => call === LIST && status === 200, {
        body: ({ data }) => ({
          data: data.map((factor: object) => ({ ...factor, qr_code: 'data:image/png;base64,iVBORw0KGgo=' })),
        }),
      }),
  ],
  [
    'shows the secret on a second read',
    'secret after the enrolment',
    () =>
      answering(({ call, status }) => call === READ && status === 200, {
        body: (body) => ({ ...body, totp: { ...body.totp, secret: 'NAGCCFS3EYRB422HNAKAKY3XDUORMSRF' } }),
      }),
  ],
  [
    'shows numbers',
    'whole phone number',
    () =>
      answering(({ body }) => body?.sms, {
        body: (body) => ({ ...body, sms: { phone_number: '+1 500-555-0006' } }),
      }),
  ],
  [
    'tells its key',
    'API key',
    () => answering(({ status }) => status === 422, { headers: { 'X-Debug': 'Bearer sk_live_51c8d2f0' } }),
  ],
  [
    'shows where it fails',
    'inner workings',
    () => answering(({ status }) => status === 422, { body: (body) => ({ ...body, trace: ['app.py:12'] }) }),
  ],
];

/** What everything after it stands on: with the rows that are missed for it, its own first. */
export const FOUNDATIONS: [what: string, rows: CheckName[], fault: () => Fault][] = [
  ['lists nothing', ['GET /factors'], () => failing(LIST, 200)],
  [
    'lists in a way nobody can read',
    ['list of factors'],
    () =>
      answering(({ call, status }) => call === LIST && status === 200, { body: () => ({ factors: 'none' }) }),
  ],
  [
    'hides what is pending',
    ['enrolled factor is listed', 'refused requests change nothing'],
    () =>
      answering(({ call, status }) => call === LIST && status === 200, {
        body: ({ data }) => ({
          data: data.filter((factor: { status: string }) => factor.status === 'verified'),
        }),
      }),
  ],
  ['enrols nothing', ['POST /factors'], () => failing(ENROL, 201)],
  [
    'enrols phones as something else',
    ['enrolled phone'],
    () =>
      answering(({ call, body }) => call === ENROL && body?.sms, {
        body: (body) => ({ ...body, type: 'telegram' }),
      }),
  ],
  ['reads nothing', ['GET /factors/:id'], () => failing(READ, 200)],
  ['challenges nothing', ['POST /factors/:id/challenge'], () => failing(CHALLENGE, 201)],
  [
    'challenges another factor',
    ['challenge'],
    () =>
      answering(({ call, status }) => call === CHALLENGE && status === 201, {
        body: (body) => ({ ...body, authentication_factor_id: 'auth_factor_1' }),
      }),
  ],
  [
    'verifies nothing',
    ['POST /challenges/:id/verify', 'wrong code', 'nothing left behind'],
    () => failing(VERIFY, 200),
  ],
  [
    'says true in a word',
    ['right code', 'nothing left behind'],
    () => answering(({ body }) => body?.valid === true, { body: (body) => ({ ...body, valid: 'true' }) }),
  ],
  [
    'removes nothing',
    ['DELETE /factors/:id', 'verified factor can be removed', 'nothing left behind'],
    () => failing(REMOVE, 204),
  ],
  ['never lets a confirmed factor go', ['verified factor can be removed', 'nothing left behind'], jealous],
  [
    'takes no code from a message',
    ['code from a text message'],
    () =>
      answering(({ body, call }) => call === VERIFY && body?.challenge?.expires_at && body.valid === true, {
        body: (body) => ({ ...body, valid: false }),
      }),
  ],
];
