import { parseJson } from './parse-json.js';
import { readText, TooLargeError } from './read-text.js';
import { Refusal } from './refusal.js';
import { TimeLimitError, withTimeLimit } from './time-limit.js';

const SIZE_LIMIT = 16 * 1024; // bytes
const TIME_LIMIT = 10_000; // milliseconds

/** The body of a request, which has to be a JSON object. Its fields are still anybody's word. */
export async function readBody(request: Request): Promise<object> {
  // Only saves the reading: a smaller number, or none, proves nothing.
  if (Number(request.headers.get('Content-Length')) > SIZE_LIMIT) throw new Refusal('too_large');
  const text = await withTimeLimit(TIME_LIMIT, (signal) =>
    readText(request.body, { maxBytes: SIZE_LIMIT, signal }),
  ).catch((error: unknown) => {
    if (error instanceof TooLargeError) throw new Refusal('too_large');
    if (error instanceof TimeLimitError) throw new Refusal('too_slow');
    throw new Refusal('malformed');
  });
  let body: unknown;
  try {
    body = parseJson(text);
  } catch {
    throw new Refusal('malformed');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Refusal('malformed');
  return body;
}
