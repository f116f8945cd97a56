import { createServer, type IncomingMessage } from 'node:http';

import type { Proxy } from './own-proxy.js';

/** Puts a proxy on a free port of this machine. Answers with its address. */
export async function serveProxy(proxy: Proxy, path = '/api/mfa') {
  const server = createServer((incoming, outgoing) => {
    const answer = async () => {
      const response = await proxy(await toRequest(incoming));
      outgoing.statusCode = response.status;
      for (const [name, value] of response.headers) {
        if (name !== 'set-cookie') outgoing.setHeader(name, value);
      }
      outgoing.setHeader('set-cookie', response.headers.getSetCookie());
      outgoing.end(await response.text());
    };
    answer().catch((error: Error) => outgoing.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    url: origin + path,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? 'GET',
    headers: Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    ),
    body: chunks.length > 0 ? Buffer.concat(chunks) : null,
  });
}
