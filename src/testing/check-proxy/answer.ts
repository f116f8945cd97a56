import { createHttpBackend } from '../../backend/create-http-backend.js';
import { foldNames } from '../../backend/fold-names.js';
import type { MfaBackend } from '../../backend/mfa-backend.js';
import { isMfaError, type MfaErrorCode } from '../../backend/mfa-error.js';
import { firstIn } from '../../backend/read-error.js';

/** An answer of the proxy as it came, and what the kit makes of it. */
export interface Answer {
  /** What was sent, for the report: `POST /factors from another site`. No id, no secret. */
  sent: string;
  /** 0 where none came. */
  status: number;
  headers: Headers;
  text: string;
  /** What the kit reads it as, where it reads it as a failure. */
  error: MfaErrorCode | undefined;
  /** Whether the kit itself could have asked this. What it never sends, a web server in front may answer in its own words. */
  isOrdinary: boolean;
  /** Why none came. */
  trouble: unknown;
}

export const isOk = ({ status }: Answer) => status >= 200 && status < 300;

/** Whether the proxy said no. A 5xx is no refusal: it failed, and nobody knows how far it got. */
export const isRefused = ({ status }: Answer) => status >= 400 && status < 500;

/** What was sent and what came, in words of our own: a server's may hold anything. */
export function seen({ sent, status, error }: Answer): string {
  if (status === 0) return `${sent} → no answer`;
  return `${sent} → ${status}${error === undefined ? '' : `, read as ${error}`}`;
}

/**
 * What the kit's own client makes of the answer: `undefined` for one that it would reject. So whatever dialect the kit
 * reads, the check takes, and no other.
 */
export async function read<T>(
  answer: Pick<Answer, 'status' | 'headers' | 'text'>,
  call: (backend: MfaBackend) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await call(backendAnswering(answer));
  } catch {
    return undefined;
  }
}

/** The `MfaError` the kit's client would reject with. */
export async function readFailure(
  answer: Pick<Answer, 'status' | 'headers' | 'text'>,
): Promise<MfaErrorCode | undefined> {
  try {
    await backendAnswering(answer).deleteFactor('any'); // the call that wants nothing of a success
    return undefined;
  } catch (error) {
    return isMfaError(error) ? error.code : 'bad_response';
  }
}

/** `GET /factors/:id`, which the client has no call for, read as the only one of a list. */
export async function readFactor({ status, headers, text }: Answer) {
  const list = await read({ status, headers, text: `{"data":[${text}]}` }, (backend) =>
    backend.listFactors(),
  );
  return list?.length === 1 ? list[0] : undefined;
}

function backendAnswering({
  status,
  headers,
  text,
}: Pick<Answer, 'status' | 'headers' | 'text'>): MfaBackend {
  return createHttpBackend({
    baseUrl: 'https://proxy.invalid',
    fetch: async () => {
      const hasNoBody = [204, 205, 304].includes(status);
      return new Response(hasNoBody ? null : text, { status, headers });
    },
  });
}

/** The body, where it is JSON and says so. */
export function jsonOf({ headers, text }: Answer): unknown {
  const isJson = /^application\/(problem\+)?json\s*(;|$)/i.test(headers.get('Content-Type') ?? '');
  if (!isJson) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a failure carries a code, in any dialect's words. Which one, is for the rows that want a certain one. */
export function hasErrorCode(answer: Answer): boolean {
  const code = firstIn(foldNames(jsonOf(answer)), ({ code: own, errorCode, error }) =>
    [own, errorCode, error].find((wire) => typeof wire === 'string' && /^[\w.-]+$/.test(wire)),
  );
  return code !== undefined;
}

/** Which fields an answer has, at every depth, without what is in them. */
export function fieldsOf(answer: Answer): string {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return typeof value;
    return Object.entries(value)
      .map(([name, item]) => [name, walk(item)])
      .toSorted(([a], [b]) => String(a).localeCompare(String(b)));
  };
  return `${answer.status} ${answer.error} ${JSON.stringify(walk(jsonOf(answer)))}`;
}
