// @vitest-environment node
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type RequestOptions,
} from 'node:http';
import { connect, constants, createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';

import { createMiddleware } from '../../examples/demo/server/node-adapter.ts';

type Answer = (request: Request, incoming: IncomingMessage) => Promise<Response>;

interface Received {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  text: string;
}

/** The adapter on a server of Node's own: 500 is what a Connect server makes of an error, 404 of no answer. */
async function serve(answer: Answer) {
  const middleware = createMiddleware('/api/', answer);
  const server = createServer((incoming, outgoing) => {
    try {
      middleware(incoming, outgoing, (error) => {
        outgoing.statusCode = error ? 500 : 404;
        outgoing.end();
      });
    } catch {
      outgoing.statusCode = 599; // thrown past `next`: in a bare server this ends the process
      outgoing.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // null and text are for pipes

  /** Starts a request whose body is still to come. */
  function start(method: string, path: string, options: RequestOptions = {}) {
    const outgoing = request({ port, host: '127.0.0.1', agent, method, path, ...options });
    const received = new Promise<Received>((resolve, reject) => {
      outgoing.on('error', reject).on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('error', reject).on('end', () => {
          resolve({ status: response.statusCode, headers: response.headers, text });
        });
      });
    });
    return { outgoing, received };
  }

  return {
    start,
    send: (method: string, path: string, options?: RequestOptions, body?: string | Buffer) => {
      const { outgoing, received } = start(method, path, options);
      outgoing.end(body);
      return received;
    },
  };
}

/** Refuses more than 16 kB once it has read them, as the kit's handler does. */
const refuseLarge: Answer = async ({ body }) => {
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > 16 * 1024) return Response.json({ code: 'invalid_request' }, { status: 413 });
  }
  return Response.json({ size });
};

describe('whose request it is', () => {
  it('answers what is below its path, and leaves the rest to others', async () => {
    const { send } = await serve(async ({ body }) => new Response(null, { status: body ? 201 : 200 }));
    expect((await send('GET', '/api/session')).status).toBe(200);
    expect((await send('POST', '/api/session')).status).toBe(201);
    expect((await send('GET', '/index.html')).status).toBe(404);
    expect((await send('GET', '/apiary')).status).toBe(404);
    expect((await send('GET', 'http://127.0.0.1/api/session')).status).toBe(404); // to a proxy, which this is not
  });

  it('believes no Host header, nor a host in the path', async () => {
    const { send } = await serve(async ({ url }) => new Response(new URL(url).hostname));
    for (const headers of [
      { Host: 'evil.example' },
      { Host: 'a b' },
      { 'X-Forwarded-Host': 'evil.example' },
    ]) {
      expect((await send('GET', '/api/session', { headers })).text).toBe('127.0.0.1');
    }
    expect((await send('GET', '/api/@evil.example/', {})).text).toBe('127.0.0.1');
  });

  it('hands on each header as it came, and no other', async () => {
    const { send } = await serve(async ({ headers }) => Response.json([...headers]));
    const { text } = await send('GET', '/api/session', {
      headers: { Host: 'app.example', Cookie: ['a=1', 'b=2'], 'X-Many': ['1', '2'], 'X-Latin': 'caf\u00e9' },
    });
    expect(new Map(JSON.parse(text))).toEqual(
      new Map([
        ['host', 'app.example'],
        ['cookie', 'a=1; b=2'],
        ['x-many', '1, 2'],
        ['x-latin', 'caf\u00e9'],
        ['connection', 'keep-alive'],
      ]),
    );
  });
});

describe('methods', () => {
  it('sends no body with the answer to a HEAD', async () => {
    const { send } = await serve(async ({ method }) => new Response(`a ${method}`));
    expect(await send('HEAD', '/api/session')).toMatchObject({ status: 200, text: '' });
  });

  it('takes an OPTIONS for what it is, and grants nothing by itself', async () => {
    const { send } = await serve(
      async ({ method }) => new Response(null, { status: method === 'OPTIONS' ? 405 : 500 }),
    );
    const { status, headers } = await send('OPTIONS', '/api/session');
    expect(status).toBe(405);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('answers a TRACE itself, which would otherwise show cookies to a script and errors to the one on call', async () => {
    const { send } = await serve(() => Promise.reject(new Error('Asked.')));
    expect(await send('TRACE', '/api/session', { headers: { Cookie: 'a=1' } })).toMatchObject({
      status: 501,
      text: '',
    });
  });
});

describe('failures', () => {
  it('hands every failure on, and throws none', async () => {
    const { send } = await serve(() => Promise.reject(new Error('Out of order.')));
    expect((await send('GET', '/api/session')).status).toBe(500);
  });

  it('survives a client that goes away in the middle of its body', async () => {
    let read: unknown;
    const { start, send } = await serve(async (incoming) => {
      if (incoming.method === 'GET') return new Response('still here');
      read = await incoming.text().catch((error: unknown) => error);
      return new Response('to nobody');
    });
    const { outgoing, received } = start('POST', '/api/session', { headers: { 'Content-Length': 100 } });
    outgoing.write('{"half":');
    await new Promise((done) => setTimeout(done, 50));
    outgoing.destroy();
    await expect(received).rejects.toThrow();
    await expect.poll(() => read).toBeInstanceOf(Error); // half a body is no body
    expect((await send('GET', '/api/session')).text).toBe('still here');
  });

  it('does what it was asked to, also for a client that no longer waits for the answer', async () => {
    let isDone = false;
    const { start, send } = await serve(async (incoming) => {
      if (incoming.method === 'GET') return Response.json({ isDone });
      await incoming.text();
      await new Promise((done) => setTimeout(done, 100));
      isDone = true;
      return new Response('to nobody');
    });
    const { outgoing, received } = start('POST', '/api/session');
    outgoing.end('{}');
    await new Promise((done) => setTimeout(done, 30));
    outgoing.destroy();
    await expect(received).rejects.toThrow();
    await expect.poll(async () => (await send('GET', '/api/session')).text).toBe('{"isDone":true}');
  });
});

describe('bodies', () => {
  it('tells a client that is still sending why it is refused', async () => {
    const { start, send } = await serve(refuseLarge);
    const { outgoing, received } = start('POST', '/api/session');
    outgoing.write(Buffer.alloc(64 * 1024)); // and more to come
    expect(await received).toMatchObject({ status: 413, text: '{"code":"invalid_request"}' });
    outgoing.end(Buffer.alloc(512 * 1024));
    // The connection is as good as new.
    expect(await send('POST', '/api/session', {}, '{}')).toMatchObject({ status: 200, text: '{"size":2}' });
  });

  it('gets a refusal through before a body that nobody reads, and serves the next request', async () => {
    const { send } = await serve(
      async ({ method }) => new Response(null, { status: method === 'GET' ? 200 : 401 }),
    );
    expect((await send('POST', '/api/session', {}, Buffer.alloc(2 ** 20))).status).toBe(401);
    expect((await send('GET', '/api/session')).status).toBe(200);
  });

  it('takes no more of a body than is asked for', async () => {
    let bytesTaken = 0;
    const { send } = await serve(async ({ body }, { socket }) => {
      const reader = body?.getReader();
      await reader?.read();
      await new Promise((done) => setTimeout(done, 100));
      bytesTaken = socket.bytesRead;
      await reader?.cancel();
      return new Response('enough');
    });
    expect((await send('POST', '/api/session', {}, Buffer.alloc(32 * 2 ** 20))).text).toBe('enough');
    expect(bytesTaken).toBeLessThan(2 ** 20);
  });
});

it('keeps cookies apart, each on a line of its own', async () => {
  const { send } = await serve(async () => {
    const headers = new Headers();
    headers.append('Set-Cookie', 'a=1; Expires=Wed, 01 Jan 2031 00:00:00 GMT');
    headers.append('Set-Cookie', 'b=2');
    return new Response('x', { headers });
  });
  const { headers } = await send('GET', '/api/session');
  expect(headers['set-cookie']).toEqual(['a=1; Expires=Wed, 01 Jan 2031 00:00:00 GMT', 'b=2']);
});

it('serves HTTP/2, as a development server with a certificate does', async () => {
  const answer: Answer = async ({ method, headers, body }) => {
    const text = await new Response(body).text();
    return new Response(`${method} ${headers.get('x-a')} ${text}`, { headers: { 'Set-Cookie': 'a=1' } });
  };
  // The compatibility API is the same as far as the adapter goes, and its types are not.
  const middleware: (...exchange: any[]) => void = createMiddleware('/api/', answer);
  const server = createHttp2Server((incoming, outgoing) =>
    middleware(incoming, outgoing, () => outgoing.stream.close()),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  const stream = client.request({
    [constants.HTTP2_HEADER_METHOD]: 'POST',
    ':path': '/api/session',
    'x-a': '1',
  });
  stream.end('body');
  const headers = await new Promise<IncomingHttpHeaders>((resolve) => stream.once('response', resolve));
  expect(headers['set-cookie']).toEqual(['a=1']);
  expect((await stream.setEncoding('utf8').toArray()).join('')).toBe('POST 1 body');
});
