// @vitest-environment node
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { mountNaiveProxy } from '../testing/check-proxy/naive-proxy.js';
import { mountHandler, startWorkOs } from '../testing/check-proxy/own-proxy.js';
import { behindLimit } from '../testing/check-proxy/interruptions.js';
import { serveProxy } from '../testing/check-proxy/serve-proxy.js';
import { bundleCli, type Cli } from './bundled-cli.js';

let cli: Cli;
beforeAll(async () => {
  cli = await bundleCli();
});
afterAll(() => cli.remove());

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const run: Cli['run'] = (args, env) => cli.run(args, env);

/**
 * A proxy of one kind or the other, on this machine's clock.
 * @param most So many requests are let through to it.
 */
async function start(kind: 'own' | 'naive', most = Infinity) {
  const workOs = startWorkOs({ ahead: 0 });
  let handle = mountNaiveProxy(workOs);
  const server = await serveProxy(behindLimit((request) => handle(request), most));
  closing.push(server.close);
  if (kind === 'own') handle = mountHandler(workOs, { origins: [server.origin] });
  return { ...workOs, url: server.url };
}

describe('npx mfa-kit check', () => {
  it('prints its table for a proxy that keeps the contract, and ends well', async () => {
    const { url, ada, eve } = await start('own');
    const { code, stdout, stderr } = await run(['check', url, '--cookie', ada, '--other-cookie', eve]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^The MFA proxy at http:\/\/127\.0\.0\.1:\d+\/api\/mfa\n\nroutes\n {2}passed {7}GET \/factors\n/,
    );
    expect(stdout).toMatch(/\n84 passed, 2 not checked; \d+ requests\.\n$/);
    expect(stdout).not.toContain('MISSED');
    expect(code).toBe(0);
  });

  it('ends with 1 for a proxy that misses something, and says what', async () => {
    const { url, ada, eve } = await start('naive');
    const { code, stdout } = await run([
      'check',
      url,
      `--cookie=${ada}`,
      `--other-cookie=${eve}`,
      '--no-sms',
    ]);
    expect(stdout).toMatch(
      /\n {2}MISSED +nobody: GET \/factors\/:id +GET \/factors\/:id without a session → 404/,
    );
    expect(stdout).toMatch(/not checked +enrolled phone +No text message was to be sent\./);
    expect(code).toBe(1);
  });

  it('prints JSON for programs', async () => {
    const { url, ada } = await start('own');
    const { code, stdout } = await run(['check', url, '--json'], { MFA_KIT_COOKIE: ada });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ url, requests: expect.any(Number) });
    expect(report.rows[0]).toEqual({
      group: 'routes',
      name: 'GET /factors',
      outcome: 'passed',
      detail: 'GET /factors → 200.',
    });
    expect(code).toBe(0);
  });

  it('ends with 2 where a limit stops it, says why once, and what is left behind', async () => {
    const limited = await start('own', 60);
    const { url, ada, eve, emulator } = limited;
    const { code, stdout } = await run(['check', url, '--cookie', ada, '--other-cookie', eve]);
    expect(stdout).toMatch(/\n {2}not checked +null origin +The check had ended: see below\.\n/);
    expect(stdout.match(/The proxy let no more requests through: /g)).toHaveLength(1);
    for (const { id } of emulator.factors) expect(stdout).toContain(`\n  ${id}, pending`);
    expect(emulator.factors).not.toEqual([]);
    expect(code).toBe(2);
  });

  it('tells programs why it ended, in JSON', async () => {
    const { url, ada } = await start('own', 60);
    const limited = await run(['check', url, '--cookie', ada, '--json']);
    expect(JSON.parse(limited.stdout)).toMatchObject({
      error: expect.stringMatching(/^The proxy let no more requests through/),
      left: expect.arrayContaining([expect.objectContaining({ status: 'pending', of: 'user' })]),
    });
    const failed = [
      await run(['check', url, '--cookie', 'session=over', '--json']),
      await run(['check', '--json', '--cookies', ada]),
    ];
    const errors = failed.map(({ stdout }) => JSON.parse(stdout).error);
    expect(errors).toEqual([
      expect.stringMatching(/^The proxy let no more|nobody is signed in/),
      'There is no option --cookies.',
    ]);
    expect([limited, ...failed].map(({ code }) => code)).toEqual([2, 2, 2]);
  });

  it('never prints a cookie or a header, whatever happens', async () => {
    const { url, ada, eve, emulator } = await start('naive');
    const secret = ada.split('session=')[1] ?? '';
    const other = eve.split('session=')[1] ?? '';
    const outputs = [
      await run(['check', url, '--cookie', ada, '--other-cookie', eve, '--header', 'X-Token: t0ken']),
      await run(['check', url, ada]),
      await run(['check', url, '--cookies', ada]),
      await run(['check', url, `--cookies=${ada}`]),
      await run(['check', url, '--cookie', `${ada}\nsecond`]),
      await run(['check', url, '--cookie', secret]),
      await run(['check', url, '--header', `t0ken ${secret}`]),
      await run(['check', url, `--no-sms=${secret}`]),
      await run(['check', 'http://127.0.0.1:9/api/mfa', '--cookie', ada]),
    ];
    const printed = outputs.map(({ stdout, stderr }) => stdout + stderr).join('\n');
    for (const value of [secret, other, 't0ken']) expect(printed).not.toContain(value);
    expect(outputs.map(({ code }) => code)).toEqual([1, 2, 2, 2, 2, 2, 2, 2, 2]);
    expect(emulator.factors).toEqual([]);
  });

  it.each([
    [[], /^The address of the proxy is missing\./],
    [['http://localhost:1/api/mfa'], /^The session of a test user is missing\. Give --cookie,/],
    [
      ['http://localhost:1/api/mfa', '--cokie', 'a=b'],
      /^There is no option --cokie\.\nnpx mfa-kit check --help shows what there is\./,
    ],
    [['http://localhost:1/api/mfa', '-x'], /^There is no option -x\./],
    [['http://localhost:1/api/mfa', '--cookie'], /^An option has no value/],
    [
      ['http://localhost:1/api/mfa', '--cookie', 'a=b', '--phone', '0150'],
      /^--phone wants a number as \+15005550006/,
    ],
    [['http://localhost:1/api/mfa', '--header', 'nonsense'], /^--header wants 'Name: value', in quotes\./],
    [['localhost:1', '--cookie', 'a=b'], /^The address of the proxy has to be a whole one/],
  ])('says what is wrong with %j, and ends with 2', async (args, sentence) => {
    const { code, stdout, stderr } = await run(['check', ...args]);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('says that nobody is signed in, and what to do', async () => {
    const { url } = await start('own');
    const { code, stderr } = await run(['check', url, '--cookie', 'session=over']);
    expect(stderr).toMatch(/^GET \/factors was answered 401: nobody is signed in\. Sign a test user in/);
    expect(code).toBe(2);
  });

  it('says that nobody answers', async () => {
    const { url } = await start('own');
    await closing.pop()?.();
    const { code, stderr } = await run(['check', url, '--cookie', 'a=b']);
    expect(stderr).toBe(
      'The proxy does not answer (ECONNREFUSED). Is it running, and is that its address?\n',
    );
    expect(code).toBe(2);
  });

  it('says which package is missing where otpauth is', async () => {
    const { url, ada } = await start('own');
    const without = await bundleCli({ missing: ['otpauth'] });
    const { code, stderr } = await without.run(['check', url, '--cookie', ada]);
    without.remove();
    expect(stderr).toMatch(
      /^The package otpauth, an optional peer of mfa-kit, is missing: .* Run npm install --save-dev otpauth\.\n$/,
    );
    expect(code).toBe(2);
  });
});

describe('npx mfa-kit', () => {
  it.each([[[]], [['--help']], [['help']]])('shows what there is for %j', async (args) => {
    const { code, stdout } = await run(args);
    expect(stdout).toMatch(/^Usage: npx mfa-kit check <url> --cookie <cookie>/);
    expect(code).toBe(0);
  });

  it('shows the options of its command', async () => {
    const { code, stdout } = await run(['check', '--help']);
    for (const option of ['--cookie', '--other-cookie', '--origin', '--header', '--phone', '--json']) {
      expect(stdout).toContain(`\n  ${option} `.trimEnd());
    }
    expect(code).toBe(0);
  });

  it('names what it does have for a command it has not', async () => {
    const { code, stderr } = await run(['chekc']);
    expect(stderr).toMatch(/^There is no command "chekc"\. The one there is: npx mfa-kit check <url>\./);
    expect(code).toBe(2);
  });
});
