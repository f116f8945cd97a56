import { createMfaHandler, findVerifiedFactors, type MfaHandlerOptions } from 'mfa-kit/server';
import { AsyncLocalStorage } from 'node:async_hooks';

import { onError, onEvent } from './log-and-mail.ts';
import { completeSession, cookieOf, findSession, sessionIdOf } from './sessions.ts';

/** What a request brings beside itself, and what its answer takes along. */
interface Exchange {
  clientIp: string | undefined;
  cookies: string[];
}

/** The handler with the app's own rules. What differs from place to place (key, store) is handed in. */
export function createMfa(place: Pick<MfaHandlerOptions, 'apiKey' | 'apiUrl' | 'store' | 'onEvent'>) {
  const exchanges = new AsyncLocalStorage<Exchange>();

  const handler = createMfaHandler({
    onEvent,
    onError,
    ...place,
    basePath: '/api/mfa',
    origins: ['https://app.example'], // your own, written out: never taken from a request's `Host`
    issuer: 'Example App',
    sms: { countries: ['GB', 'US'] }, // where your customers are: each one more is one more to be pumped

    async user(request) {
      const session = await findSession(sessionIdOf(request));
      if (!session) return null;
      const { id, user } = session;
      return { id: user.id, label: user.email, sessionId: id, clientIp: exchanges.getStore()?.clientIp };
    },

    // The only place that believes in a second factor. What the browser says about one is never asked.
    async onVerified({ user, purpose }) {
      const session = await findSession(user.sessionId);
      if (!session) throw new Error('The session ended while the code was being checked.');
      // The handler sees to that for its own factors; this is for those it does not know, such as a passkey: the first
      // code of a new factor proves nothing about somebody who still owes an older one.
      if (purpose === 'enrollment' && session.owesSecondFactor) {
        throw new Error('This session owes its second factor before it can add another.');
      }
      const isFirst = (await findVerifiedFactors(place.store, user.id)).length === 0;
      const renewed = await completeSession(session, isFirst);
      exchanges.getStore()?.cookies.push(cookieOf(renewed));
      return { sessionId: renewed.id };
    },
  });

  /** @param clientIp As your own proxy or platform tells it: text messages are limited by it, too. */
  return async (request: Request, clientIp?: string): Promise<Response> => {
    const exchange: Exchange = { clientIp, cookies: [] };
    const response = await exchanges.run(exchange, () => handler(request));
    for (const cookie of exchange.cookies) response.headers.append('Set-Cookie', cookie);
    return response;
  };
}
