import {
  createMemoryStore,
  createMfaHandler,
  findVerifiedFactors,
  type MfaHandlerOptions,
} from 'mfa-kit/server';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes, randomUUID } from 'node:crypto';

import { empty, json, readObject, refuseOtherSites } from './json-routes.ts';
import { createSessions, type User } from './sessions.ts';
import { stageOf } from './stage.ts';

/** WorkOS's sample numbers, which it sends nothing to. */
const SAMPLE_NUMBERS = ['+15005550006', '+15555555555'];

export interface DemoOptions {
  origins: readonly string[];
  sessionSecret?: string | undefined;
  /** How WorkOS is reached. The emulator brings its own `fetch` and clock. */
  workOs: Pick<MfaHandlerOptions, 'apiKey' | 'fetch' | 'now'>;
}

/** The app: sessions, a sign-in that believes every password, and the kit's handler. Everything is in memory. */
export function createDemo({ origins, sessionSecret, workOs }: DemoOptions) {
  const users = new Map<string, User>();
  const store = createMemoryStore();
  const sessions = createSessions({
    secret: sessionSecret || randomBytes(32).toString('base64url'),
    now: workOs.now ?? Date.now,
  });
  /** The cookies to set on the answer that is being made: each request has its own list. */
  const cookies = new AsyncLocalStorage<string[]>();

  const mfa = createMfaHandler({
    ...workOs,
    basePath: '/api/mfa',
    origins,
    issuer: 'Larkspur',
    store,
    sms: { testNumbers: SAMPLE_NUMBERS },

    user(request) {
      const session = sessions.find(request);
      return session ? { id: session.user.id, label: session.user.email, sessionId: session.id } : null;
    },

    // The only place that believes in a second factor. What the browser says about one is never asked.
    async onVerified({ user, factor }) {
      const session = sessions.get(user.sessionId);
      if (!session) throw new Error('The session ended while the code was being checked.');
      const isFirst = (await findVerifiedFactors(store, user.id)).length === 0;
      const { sessionId, cookie } = sessions.raise(session, factor.id, isFirst);
      cookies.getStore()?.push(cookie);
      return { sessionId }; // the session has a new name, and the handler goes on with that
    },
  });

  async function describe(request: Request): Promise<Response> {
    const session = sessions.find(request);
    return json(200, {
      workOs: workOs.fetch ? 'emulated' : 'real',
      user: session ? { ...session.user, stage: await stageOf(session, store) } : null,
    });
  }

  async function signIn(request: Request): Promise<Response> {
    const { email, password } = (await readObject(request)) ?? {};
    if (!isText(email) || !email.includes('@') || !isText(password)) {
      return json(422, { code: 'invalid_request' });
    }
    // Here a real app checks the password.
    const name = email.trim().toLowerCase();
    const user = users.get(name) ?? { id: `user_${randomUUID()}`, email: name };
    users.set(name, user);
    endSession(request);
    return empty(sessions.begin(user));
  }

  const endSession = (request: Request) => sessions.end(sessions.find(request));

  return async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/api/mfa/')) {
      const own: string[] = [];
      const response = await cookies.run(own, () => mfa(request));
      for (const cookie of own) response.headers.append('Set-Cookie', cookie);
      return response;
    }
    if (refuseOtherSites(request, origins)) return json(403, { code: 'forbidden' });
    switch (`${request.method} ${pathname}`) {
      case 'GET /api/session':
        return describe(request);
      case 'POST /api/sign-in':
        return signIn(request);
      case 'POST /api/sign-out':
        return empty(endSession(request));
      default:
        return json(404, { code: 'not_found' });
    }
  };
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 254;
