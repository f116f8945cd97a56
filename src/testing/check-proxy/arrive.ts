import { type Answer, isOk, seen } from './answer.js';
import { CannotCheck } from './cannot-check.js';
import { listFactors, type Run } from './run.js';

/** Looks whether there is anything to check, before anything is changed. The ids that were there before. */
export async function arrive({ user, findings }: Run): Promise<Set<string>> {
  const list = await user({ method: 'GET', path: '/factors' });
  if (list.status === 0) throw new CannotCheck(unreachable(list));
  // Many frameworks send whoever is not signed in to a page for people.
  const isRedirect = list.status >= 300 && list.status < 400;
  if (list.status === 401 || list.status === 403 || isRedirect) {
    throw new CannotCheck(
      `GET /factors was answered ${list.status}: nobody is signed in. Sign a test user in with a browser and copy its Cookie header from the network panel.`,
    );
  }
  findings.judge('GET /factors', isOk(list), seen(list));
  const factors = await listFactors(list);
  if (isOk(list)) findings.judge('list of factors', factors !== undefined, seen(list));
  if (factors?.some(({ status }) => status !== 'pending')) {
    throw new CannotCheck(
      'The test user has factors already, and a proxy that keeps the contract asks for a code of theirs first. Use an account without any.',
    );
  }
  return new Set(factors?.map(({ id }) => id));
}

function unreachable({ trouble }: Answer): string {
  const { cause, name } = trouble instanceof Error ? trouble : {};
  const known = name === 'TimeoutError' ? 'timeout' : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : known;
  return `The proxy does not answer${typeof code === 'string' ? ` (${code})` : ''}. Is it running, and is that its address?`;
}
