import type { IncomingMessage, ServerResponse } from 'node:http';

type Next = (error?: unknown) => void;

/**
 * Puts a `Request → Response` function behind a path of a Node server: Express's, Connect's, Vite's, or a bare one.
 * What is not below `prefix` goes to `next`, and so does every error.
 *
 * Mount it before `express.json()` and its like: whoever answers wants to read the body, and to count its bytes.
 * @param prefix The path as the browser sees it, mount paths included: `/api/mfa/`.
 * @param answer Gets Node's own request too: its address, and what a framework put on it.
 */
export function createMiddleware<Incoming extends IncomingMessage>(
  prefix: string,
  answer: (request: Request, incoming: Incoming) => Promise<Response>,
) {
  return (incoming: Incoming, outgoing: ServerResponse, next: Next): void => {
    if (!pathOf(incoming).startsWith(prefix)) return next();
    handle(incoming, outgoing).catch(next);
  };

  async function handle(incoming: Incoming, outgoing: ServerResponse): Promise<void> {
    // A `Request` cannot be made of it (Fetch, "forbidden method"), and it is nobody's business here.
    if (incoming.method === 'TRACE') return void outgoing.writeHead(501).end();
    await send(await answer(toRequest(incoming), incoming), outgoing);
  }
}

/** Express and Connect cut the mount path off `url`. */
function pathOf(incoming: IncomingMessage & { originalUrl?: string }): string {
  return incoming.originalUrl ?? incoming.url ?? '/';
}

/** @throws {Error} If the body was read before. */
function toRequest(incoming: IncomingMessage): Request {
  const { method = 'GET' } = incoming;
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(incoming.headers)) {
    if (name.startsWith(':')) continue; // HTTP/2's own
    for (const value of [values].flat()) headers.append(name, value);
  }
  const init: RequestInit & { duplex: 'half' } = {
    method,
    headers,
    body: method === 'GET' || method === 'HEAD' ? null : bodyOf(incoming),
    duplex: 'half', // Node wants it said for a body that streams
  };
  // Never the `Host` header, which anybody may write: no code here shall come to trust `request.url` for it.
  return new Request(`http://127.0.0.1${pathOf(incoming)}`, init);
}

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  if (incoming.readableDidRead) {
    throw new Error(
      'The body was read before it came to createMiddleware, so nothing is left of it. ' +
        'Write app.use(createMiddleware(…)) above app.use(express.json()).',
    );
  }
  // Whoever stops reading, because it is too much, must not lose the connection by it (as with `Readable.toWeb`): the
  // answer that says so goes out there.
  const chunks = incoming.iterator({ destroyOnReturn: false });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks.return?.();
        incoming.resume(); // the rest has to come off the wire before another request can
      },
    },
    { highWaterMark: 0 }, // nothing is taken that nobody asked for
  );
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie') outgoing.setHeader(name, value);
  }
  // Each on a line of its own, and beside those that a session middleware has set.
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.appendHeader('set-cookie', cookies);
  outgoing.end(body);
}
