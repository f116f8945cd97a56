import { createHttpBackend } from 'mfa-kit';
import { createWorkOsEmulator } from 'mfa-kit/emulator';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { createMiddleware } from '../../../examples/demo/server/node-adapter.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const ORIGIN = 'https://app.example';
const API_KEY = 'sk_test_hosts';

/** A path inside the repository, for a command line. */
export const at = (file: string) => path.join(ROOT, file);

export interface HostCommand {
  command: string;
  args: string[];
  environment?: Record<string, string>;
}

type Upstream = (request: Request) => Response | undefined;

export type Host = Awaited<ReturnType<typeof startHost>>;

/**
 * An example host in a language of its own, really run, on an emulator of WorkOS on this machine. Its SDK is a stand-in
 * with the names, objects and errors of the real one; what it answers is read by the kit's own backend.
 */
export async function startHost({ command, args, environment = {} }: HostCommand) {
  const emulator = createWorkOsEmulator({ apiKey: API_KEY });
  const upstream: string[] = [];
  let answerInstead: Upstream = () => undefined;
  const middleware = createMiddleware('/', async (request) => {
    upstream.push(`${request.method} ${new URL(request.url).pathname}`);
    return answerInstead(request) ?? emulator.fetch(request);
  });
  const workOs = createServer((incoming, outgoing) =>
    middleware(incoming, outgoing, () => outgoing.destroy()),
  );
  await new Promise<void>((resolve) => workOs.listen(0, '127.0.0.1', resolve));
  const { port } = workOs.address() as AddressInfo; // null and text are for pipes
  const folder = mkdtempSync(path.join(tmpdir(), 'mfa-kit-host-'));

  const child = spawn(command, args, {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'], // it ends when its standard input closes: with this process, however that ends
    env: {
      ...process.env,
      WORKOS_API_KEY: API_KEY,
      WORKOS_BASE_URL: `http://127.0.0.1:${port}`,
      DATABASE: path.join(folder, 'mfa.sqlite3'),
      ...environment,
    },
  });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.stdin.end();
    child.kill();
    await exited;
    workOs.closeAllConnections();
    workOs.close();
    rmSync(folder, { recursive: true, force: true });
  };

  let output = '';
  const hostPort = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /listening on (\d+)/.exec(output)?.[1];
      if (found) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', (error) => {
      reject(new Error(`${command} cannot be run, which these tests need: ${error.message}`));
    });
    void exited.then(() => reject(new Error(`The host ended before it listened:\n${output}`)));
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const baseUrl = `http://127.0.0.1:${hostPort}/api/mfa`;
  let run = 0;

  return {
    emulator,
    /** What went to WorkOS so far, such as `POST /auth/factors/enroll`. */
    upstream,
    /** What the host has written: it must be no secret's way out. */
    output: () => output,
    stop,
    /** Starts over: nobody has a factor, and WorkOS is well again. */
    reset: () => {
      run += 1;
      emulator.reset();
      upstream.length = 0;
      answerInstead = () => undefined;
    },
    /** What WorkOS answers from now on; where that is `undefined`, the emulator does. */
    answerInstead: (answer: Upstream) => {
      answerInstead = answer;
    },
    /** A browser in which somebody of that name is signed in, with the kit in its page. */
    browser: (name: string | undefined) => {
      let cookie = name === undefined ? undefined : `session=${name}${run}.1`;
      const answers: { status: number; headers: Headers; text: string }[] = [];

      const send = async (url: string, init: RequestInit): Promise<Response> => {
        const headers = new Headers(init.headers);
        if (!headers.has('Origin') && init.method !== 'GET') headers.set('Origin', ORIGIN);
        if (headers.get('Origin') === '') headers.delete('Origin');
        if (cookie !== undefined) headers.set('Cookie', cookie);
        const response = await fetch(url, { ...init, headers });
        const renewed = response.headers.getSetCookie().find((each) => each.startsWith('session='));
        if (renewed) cookie = renewed.split(';')[0];
        const text = await response.clone().text();
        answers.push({ status: response.status, headers: response.headers, text });
        return response;
      };

      return {
        backend: createHttpBackend({ baseUrl, fetch: send }),
        answers,
        email: `${name}${run}@example.com`,
        cookie: () => cookie,
        /** A request of one's own, which sends what the kit would send unless told otherwise. */
        call: (method: string, route: string, body?: string, headers: Record<string, string> = {}) =>
          send(`${baseUrl}${route}`, {
            method,
            headers: {
              'X-Requested-With': 'mfa-kit',
              ...(body !== undefined && { 'Content-Type': 'application/json' }),
              ...headers,
            },
            ...(body !== undefined && { body }),
          }),
      };
    },
  };
}
