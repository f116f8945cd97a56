// @vitest-environment node
import { createServer, request } from 'node:http';
import { expect, it } from 'vitest';

import { createMiddleware } from '../../examples/demo/server/node-adapter.ts';

/** The demo's adapter on a server of Node's own: 500 is what a Connect server makes of an error, 404 of no answer. */
async function serve(answer: (request: Request) => Promise<Response>) {
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
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const statusOf = (method: string, path: string) =>
    new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', method, path }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  return { statusOf, close: () => void server.close() };
}

it.each(['TRACE', 'GET'])('hands every failure on, also that of a %s', async (method) => {
  const { statusOf, close } = await serve(() => Promise.reject(new Error('Out of order.')));
  expect(await statusOf(method, '/api/session')).toBe(500);
  close();
});

it('answers what is below its path, and leaves the rest to others', async () => {
  const { statusOf, close } = await serve(
    async (incoming) => new Response(null, { status: incoming.body ? 201 : 200 }),
  );
  expect(await statusOf('GET', '/api/session')).toBe(200);
  expect(await statusOf('POST', '/api/session')).toBe(201);
  expect(await statusOf('GET', '/index.html')).toBe(404);
  close();
});
