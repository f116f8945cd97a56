import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

type Next = (error?: unknown) => void;

/**
 * Puts a `Request → Response` function behind a path of any Connect or Express server.
 * @param answer Gets the port that the connection came in on, too.
 */
export function createMiddleware(
  prefix: string,
  answer: (request: Request, port: number) => Promise<Response>,
) {
  return (incoming: IncomingMessage, outgoing: ServerResponse, next: Next) => {
    if (!incoming.url?.startsWith(prefix)) return next();
    handle(incoming, outgoing).catch(next);
  };

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const port = incoming.socket.localPort ?? 0;
    // In here, because no `Request` can be made of some: one with the method TRACE throws.
    const response = await answer(toRequest(incoming, port), port);
    await send(response, outgoing);
  }
}

function toRequest(incoming: IncomingMessage, port: number): Request {
  const { method = 'GET', url = '/' } = incoming;
  const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const init: RequestInit & { duplex: 'half' } = {
    method,
    headers,
    body: hasBody ? (Readable.toWeb(incoming) as ReadableStream) : null,
    duplex: 'half', // Node wants it said for a body that streams
  };
  return new Request(`http://127.0.0.1:${port}${url}`, init);
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie') outgoing.setHeader(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}
