/** Enough for every body here; read from the stream, whatever `Content-Length` says. */
const BODY_LIMIT = 16 * 1024; // bytes

export function json(status: number, body: object, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
  });
}

/** 204, with a cookie to set. */
export function empty(cookie: string): Response {
  return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store', 'Set-Cookie': cookie } });
}

/**
 * Whether another site made the browser send this. The same rules as the kit's handler: signing somebody in to a
 * stranger's account, or out of their own, is a forgery too.
 */
export function refuseOtherSites({ method, headers }: Request, origins: readonly string[]): boolean {
  if (method === 'GET') return false;
  const site = headers.get('Sec-Fetch-Site');
  const origin = headers.get('Origin');
  const isOwn =
    (site ?? origin) !== null &&
    (site ?? 'same-origin') === 'same-origin' &&
    (origin === null || origins.includes(origin));
  // An HTML form can send neither a header of its own nor JSON; a script of another origin would have to ask first.
  return (
    !isOwn || headers.get('X-Requested-With') !== 'demo' || headers.get('Content-Type') !== 'application/json'
  );
}

/** The body as an object; `undefined` where it is too large, no JSON or nothing with fields. */
export async function readObject(request: Request): Promise<Record<string, unknown> | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString());
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
