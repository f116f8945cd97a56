import { seen } from '../answer.js';
import { type Run, unknownId } from '../run.js';

/** Without a session every route answers 401, before it looks at anything else. */
export async function checkNobody({ nobody, findings }: Run): Promise<void> {
  const factor = unknownId('factor');
  const note = 'without a session';
  const answers = {
    'nobody: GET /factors': await nobody({ method: 'GET', path: '/factors', note }),
    // A type that does not exist: should the session not be asked for, there is still nothing to clean up.
    'nobody: POST /factors': await nobody({ method: 'POST', path: '/factors', json: { type: 'none' }, note }),
    'nobody: GET /factors/:id': await nobody({ method: 'GET', path: '/factors/:id', id: factor, note }),
    'nobody: DELETE /factors/:id': await nobody({ method: 'DELETE', path: '/factors/:id', id: factor, note }),
    'nobody: POST /factors/:id/challenge': await nobody({
      method: 'POST',
      path: '/factors/:id/challenge',
      id: factor,
      json: {},
      note,
    }),
    'nobody: POST /challenges/:id/verify': await nobody({
      method: 'POST',
      path: '/challenges/:id/verify',
      id: unknownId('challenge'),
      json: { code: '112233' },
      note,
    }),
  } as const;
  for (const name of Object.keys(answers) as (keyof typeof answers)[]) {
    findings.judge(name, answers[name].status === 401, seen(answers[name]));
  }
}
