// @vitest-environment node
import { checkProxy, formatReport } from 'mfa-kit/testing';
import { describe, expect, it } from 'vitest';

import { behindLimit, signedOutAfter, trustingAll } from './interruptions.js';
import { mountHandler, named, ORIGIN, type Proxy, startWorkOs, through, type WorkOs } from './own-proxy.js';

/** Requests after which a check is stopped: in every chapter, and often in the middle of a row. */
const ENDS = Array.from({ length: 10 }, (_, index) => 7 + index * 12);

type Stop = (proxy: Proxy, workOs: WorkOs, most: number) => Proxy;
const sameFor403: Stop = (proxy, workOs, most) => {
  const inner = signedOutAfter(proxy, workOs, most);
  return async (request) => {
    const response = await inner(request);
    if (response.status !== 401 || !request.headers.get('Cookie')) return response;
    return new Response('{"code":"forbidden","message":"No."}', { status: 403, headers: response.headers });
  };
};
const stops: [string, Stop, RegExp][] = [
  [
    'a limit of all requests',
    (proxy, _, most) => behindLimit(proxy, most),
    /^The proxy let no more requests through: .+ → 429, read as rate_limited, Retry-After 30 seconds\./,
  ],
  ['the end of the session', signedOutAfter, /^The session ended half way: GET \/factors → 401/],
  ['the end of a session, told as a 403', sameFor403, /^The session ended half way: GET \/factors → 403/],
];
const proxies: [string, (workOs: WorkOs) => Proxy][] = [
  ['good', (workOs) => mountHandler(workOs)],
  ['bad', (workOs) => trustingAll(mountHandler(workOs))],
];

async function check(mount: (workOs: WorkOs) => Proxy) {
  const workOs = startWorkOs();
  const report = await checkProxy({ ...workOs.given, fetch: through(mount(workOs)) });
  return { report, workOs };
}

describe.each(stops)('%s', { timeout: 60_000 }, (_, stop, sentence) => {
  it.each(proxies)('never makes a %s proxy look better or worse', async (kind, mount) => {
    const whole = (await check(mount)).report;
    expect(whole.error).toBeUndefined();
    const others = named(whole, 'missed');
    expect(others.length > 0).toBe(kind === 'bad');

    for (const most of ENDS.filter((end) => end < whole.requests - 1)) {
      const { report } = await check((workOs) => stop(mount(workOs), workOs, most));
      expect(report.error, `after ${most}`).toMatch(sentence);
      for (const name of named(report, 'passed')) expect(named(whole, 'passed')).toContain(name);
      for (const name of named(report, 'missed', 'advised')) expect(others).toContain(name);
      const why = report.rows.find(({ name }) => name === 'inner workings');
      expect(why).toMatchObject({ outcome: 'not_checked', detail: report.error });
    }
  });

  it('leaves no factor behind without naming it', async () => {
    const seen = new Set<string>();
    for (const most of ENDS.filter((end) => end > 7 && end < 120)) {
      const { report, workOs } = await check((own) => stop(mountHandler(own), own, most));
      const left = new Map(report.left?.map(({ id, status }) => [id, status]));
      for (const { id } of workOs.emulator.factors) expect([...left.keys()], `after ${most}`).toContain(id);
      const advice = formatReport(report);
      const isOneVerified = [...left.values()].includes('verified');
      expect(advice.includes('forgetUser(store, userId)')).toBe(isOneVerified);
      for (const status of left.values()) seen.add(status);
    }
    expect([...seen]).toEqual(['pending', 'verified']);
  });
});

it('says so where not even the first request gets through', async () => {
  await expect(check((workOs) => behindLimit(mountHandler(workOs), 0))).rejects.toThrow(
    'The proxy let no more requests through: GET /factors → 429',
  );
});

it('takes a 401 for a refusal where only that request is nobody’s', async () => {
  const { report } = await check((workOs) => {
    const handle = mountHandler(workOs);
    return async (request) => {
      const response = await handle(request);
      const isForged = (request.headers.get('Origin') ?? ORIGIN) !== ORIGIN;
      if (response.status !== 403 || !isForged) return response;
      return new Response('{"code":"unauthenticated","message":"No."}', {
        status: 401,
        headers: response.headers,
      });
    };
  });
  expect(report.error).toBeUndefined();
  expect(named(report, 'missed', 'advised', 'not_checked')).toEqual([]);
});

it('takes a limit of messages for what it is', async () => {
  const { report } = await check((workOs) => {
    const handle = mountHandler(workOs);
    return async (request) => {
      const isPhone = (await request.clone().text()).includes('+1500');
      if (!isPhone) return handle(request);
      const headers = {
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        'Retry-After': '9',
      };
      return Response.json({ code: 'rate_limit_exceeded', message: 'No.' }, { status: 429, headers });
    };
  });
  expect(report.error).toBeUndefined();
  expect(named(report, 'missed')).toEqual([]);
  expect(report.rows.find(({ name }) => name === 'enrolled phone')?.detail).toMatch(
    /→ 429, read as rate_limited\): wait until it may get messages again\./,
  );
});

it('takes numbered errors and envelopes for no one-time codes', async () => {
  const { report } = await check((workOs) => {
    const handle = mountHandler(workOs);
    return async (request) => {
      const response = await handle(request);
      const text = await response.text();
      if (text === '') return new Response(null, response);
      const body = JSON.parse(text);
      if (response.ok && !body.data) return new Response(text, response);
      const numbered = response.ok ? { code: 200000, ...body } : { error: body, code: 40401 };
      return new Response(JSON.stringify(numbered), { status: response.status, headers: response.headers });
    };
  });
  expect(named(report, 'missed', 'advised', 'not_checked')).toEqual([]);
});
