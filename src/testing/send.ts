import type { Fault } from './fault.js';

/**
 * One call's way to the server and back, with what befalls it there. Settles as `fetch` does.
 * @param answer Has the server do its work.
 */
export async function send(
  answer: () => Promise<Response>,
  fault: Fault | undefined,
  signal: AbortSignal | null | undefined,
): Promise<Response> {
  switch (fault?.kind) {
    case undefined:
      return answer();
    case 'offline':
    case 'unreachable':
      throw new TypeError('Failed to fetch');
    case 'lost_answer':
      await answer();
      throw new TypeError('Failed to fetch');
    case 'hang':
      return orAborted(new Promise<never>(() => undefined), signal);
    case 'slow':
      await orAborted(passed(fault.milliseconds, signal), signal);
      return answer();
    case 'held':
      await orAborted(fault.until, signal);
      return answer();
    case 'late': {
      const response = await answer();
      await orAborted(fault.until, signal);
      return response;
    }
    case 'overtaken':
      fault.by();
      return answer();
    case 'answer': {
      const { status, body, headers = {} } = fault;
      if (body === undefined) return new Response(null, { status, headers });
      return typeof body === 'string'
        ? new Response(body, { status, headers })
        : Response.json(body, { status, headers });
    }
    case 'tampered': {
      const response = await answer();
      return Response.json(fault.change(await response.json()), { status: response.status });
    }
  }
}

/** As a real `fetch` does: it gives up when its signal says so. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new DOMException('Aborted', 'AbortError'));
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject);
  });
}

/** Once that much time has passed. A call that was given up leaves no timer behind. */
function passed(milliseconds: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}
