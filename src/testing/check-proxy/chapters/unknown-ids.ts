import { type Answer, seen } from '../answer.js';
import { type Run, unknownId } from '../run.js';

/** What the proxy says about an id that nobody has, by call: somebody else's must not be told from it. */
export type UnknownAnswers = Record<'get' | 'remove' | 'challenge' | 'verify', Answer>;

export async function checkUnknownIds({ user, findings }: Run): Promise<UnknownAnswers> {
  const id = unknownId('factor');
  const note = 'with an id nobody has';
  const answers: UnknownAnswers = {
    get: await user({ method: 'GET', path: '/factors/:id', id, note }),
    remove: await user({ method: 'DELETE', path: '/factors/:id', id, note }),
    challenge: await user({ method: 'POST', path: '/factors/:id/challenge', id, json: {}, note }),
    verify: await user({
      method: 'POST',
      path: '/challenges/:id/verify',
      id: unknownId('challenge'),
      json: { code: '112233' },
      note,
    }),
  };
  findings.judge('unknown id: GET', isUnknown(answers.get), seen(answers.get));
  findings.judge('unknown id: DELETE', isUnknown(answers.remove), seen(answers.remove));
  findings.judge('unknown id: challenge', isUnknown(answers.challenge), seen(answers.challenge));
  findings.judge('unknown id: verify', isUnknown(answers.verify), seen(answers.verify));
  return answers;
}

const isUnknown = (answer: Answer) => answer.status === 404 && answer.error === 'not_found';
