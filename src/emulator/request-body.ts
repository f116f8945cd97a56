import { badRequest } from './wire-error.js';

/** The fields of a JSON object, which nobody has checked yet. */
export type RequestBody = ReadonlyMap<string, unknown>;

/**
 * The body of a request; no fields if it has none. Its content type is not looked at: some hosts send none.
 * @throws {WireError} 400 if it is not a JSON object.
 */
export async function readBody(request: Request): Promise<RequestBody> {
  const text = await request.text();
  if (text === '') return new Map();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw badRequest('The body is not valid JSON.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest('The body is not a JSON object.');
  }
  return new Map(Object.entries(body));
}

/** A text field; `undefined` where it is absent, `null`, empty or no text (the Ruby and PHP SDKs send `null`). */
export function textField(body: RequestBody, name: string): string | undefined {
  const value = body.get(name);
  if (typeof value !== 'string' || value === '') return undefined;
  // JSON can carry half a surrogate pair, which no URI can: it becomes U+FFFD, as it does in UTF-8.
  return new TextDecoder().decode(new TextEncoder().encode(value));
}
