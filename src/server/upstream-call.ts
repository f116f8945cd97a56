import { parseJson } from './parse-json.js';
import { readText } from './read-text.js';
import { Refusal } from './refusal.js';
import { withTimeLimit } from './time-limit.js';

const SIZE_LIMIT = 256 * 1024; // bytes
const TIME_LIMIT = 10_000; // milliseconds, the body included

export interface UpstreamAnswer {
  status: number;
  headers: Headers;
  /** Parsed JSON, in objects without a prototype. `undefined` where there was a body of any other kind, or none. */
  body: unknown;
  isEmpty: boolean;
}

export interface UpstreamRequest {
  method: 'POST' | 'DELETE';
  url: string;
  apiKey: string;
  body?: object | undefined;
}

/**
 * Sends one request upstream, once. It is never tried again: the first may have been carried out, and the second then
 * sends a second text message. Whatever keeps the answer from arriving whole is the same 502.
 */
export async function callUpstream(
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  { method, url, apiKey, body }: UpstreamRequest,
): Promise<UpstreamAnswer> {
  try {
    return await withTimeLimit(TIME_LIMIT, async (signal) => {
      const response = await fetch(url, {
        method,
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${apiKey}`,
          ...(body && { 'Content-Type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        // Not 'error': Workers refuse that value. A redirect is no JSON of the API's, so it ends as a failure below.
        redirect: 'manual',
        signal,
      });
      // A fetch of the host's own may follow all the same; what it then brings is somebody else's word.
      if (response.redirected) throw new Error('Redirected.');
      const { status, headers } = response;
      const text = await readText(response.body, { maxBytes: SIZE_LIMIT, signal });
      const isJson = /^application\/json\s*(;|$)/i.test(headers.get('Content-Type') ?? '');
      return { status, headers, body: isJson && text ? parseJson(text) : undefined, isEmpty: text === '' };
    });
  } catch (cause) {
    throw new Refusal('upstream_failed', { isOutcomeUnknown: true, cause });
  }
}
