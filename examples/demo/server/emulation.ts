import { createWorkOsEmulator } from 'mfa-kit/emulator';
import { randomUUID } from 'node:crypto';

import { json, readObject } from './json-routes.ts';

const DAY = 24 * 60 * 60; // seconds

/** WorkOS in this process, with a clock that can be moved: nobody wants to wait ten minutes to see a code expire. */
export function createEmulation() {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const apiKey = `sk_demo_${randomUUID()}`;
  const emulator = createWorkOsEmulator({ apiKey, now });

  return {
    /** What the handler needs to take it for WorkOS. */
    workOs: {
      apiKey,
      now,
      fetch: (url: string, init: RequestInit) => emulator.fetch(new Request(url, init)),
    },

    reset() {
      ahead = 0;
      emulator.reset();
    },

    /** What WorkOS does not tell anybody: the text messages it sent, and the factors it has. */
    async answer(request: Request): Promise<Response> {
      switch (`${request.method} ${new URL(request.url).pathname}`) {
        case 'GET /api/dev/inbox':
          return json(200, {
            secondsAhead: ahead / 1000,
            messages: emulator.inbox
              .map(({ challengeId, to, body, sentAt }) => ({ id: challengeId, to, body, sentAt }))
              .toReversed(),
          });
        case 'GET /api/dev/factors':
          return json(200, { factors: emulator.factors });
        case 'POST /api/dev/clock': {
          const { seconds } = (await readObject(request)) ?? {};
          if (typeof seconds !== 'number' || !(seconds > 0 && seconds <= DAY)) {
            return json(422, { code: 'invalid_request' });
          }
          ahead += seconds * 1000;
          return json(200, { secondsAhead: ahead / 1000 });
        }
        default:
          return json(404, { code: 'not_found' });
      }
    },
  };
}
