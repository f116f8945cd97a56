import { isRefused, seen } from '../answer.js';
import type { CheckName } from '../contract.js';
import { type Run, unknownId } from '../run.js';

/**
 * Ids that lead to an existing factor once they are decoded and put into a path, which is how a proxy becomes a way to
 * all of the API with your key. Dots alone, such as `%2e%2e`, never leave a URL parser, so they stand beside a slash.
 */
const DETOURS = [
  'x%2F..%2F',
  '.%2F',
  '%2e%2e%2Ffactors%2F',
  '..%5Cfactors%5C',
  'x%252F..%252F',
  '..;%2Ffactors%2F',
];

/** What a proxy must not cut off before it looks the id up: query, fragment, NUL, blank, line break, dot, slash. */
const TAILS = ['%3Fx=1', '%23x', '%00', '%20', '%0D%0A', '.', '.json', '%2F', '%2Fchallenge'];

/** @param id Of a factor that exists and is the user's own. */
export async function checkMalformedIds({ user, findings }: Run, id: string): Promise<void> {
  async function tryId(name: CheckName, odd: string, shown: string) {
    const read = await user({ method: 'GET', path: '/factors/:id', id: odd, note: shown, isStrange: true });
    findings.judge(name, isRefused(read), seen(read));
  }
  for (const detour of DETOURS) await tryId('slashes and dots in an id', detour + id, `as ${detour}:id`);
  const posted = await user({
    method: 'POST',
    path: '/factors/:id/challenge',
    id: `${DETOURS[0]}${id}`,
    json: {},
    note: `as ${DETOURS[0]}:id`,
    isStrange: true,
  });
  findings.judge('slashes and dots in an id', isRefused(posted), seen(posted));

  for (const tail of TAILS) await tryId('characters after an id', id + tail, `as :id${tail}`);
  await tryId('endless id', unknownId('factor').padEnd(2000, '0'), 'of 2,000 characters');
}
