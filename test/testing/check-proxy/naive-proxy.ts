import { WorkOS } from '@workos-inc/node';

import { API_KEY, type Proxy, type WorkOs } from './own-proxy.js';

/**
 * What a hurried developer writes on the WorkOS SDK, and what passes every click through their own app: the SDK's
 * objects sent as they are, ids put where they are wanted, errors caught once for all. Nothing in it is far-fetched.
 */
export function mountNaiveProxy({ emulator, sessions, sessionIdOf }: WorkOs): Proxy {
  const workos = new WorkOS(API_KEY, {
    // The SDK's own way to the network, here into the emulator.
    fetchFn: (input, init) => emulator.fetch(new Request(input, init)),
  });
  let table: { factorId: string; userId: string }[] = [];

  return async (request) => {
    try {
      const user = sessions.get(sessionIdOf(request));
      const { pathname } = new URL(request.url);
      const [collection, id = '', action] = pathname
        .replace('/api/mfa/', '')
        .split('/')
        .map(decodeURIComponent);
      // "What would they do with an id?"
      if (!user && id === '') return send({ error: 'Please sign in' }, 401);

      if (request.method === 'OPTIONS') return send(null, 204);
      if (collection === 'factors' && id === '' && request.method === 'GET') {
        const own = table.filter((row) => row.userId === user?.id);
        const factors = await Promise.all(own.map((row) => workos.mfa.getFactor(row.factorId)));
        return send({ data: factors });
      }
      if (collection === 'factors' && id === '') {
        const body = await request.json();
        const factor = await workos.mfa.enrollFactor({
          type: body.type,
          phoneNumber: body.phone_number,
          issuer: body.issuer ?? 'Foo Corp',
          user: body.user ?? user?.label,
        });
        table.push({ factorId: factor.id, userId: user?.id ?? '' });
        return send(factor, 201);
      }
      if (collection === 'factors' && action === 'challenge') {
        const challenge = await workos.mfa.challengeFactor({ authenticationFactorId: id });
        // From the days when no messages came yet.
        const code = emulator.inbox.findLast((message) => message.challengeId === challenge.id)?.code;
        return send({ ...challenge, code }, 201);
      }
      if (collection === 'challenges' && action === 'verify') {
        const { code } = await request.json();
        const verification = await workos.mfa.verifyChallenge({ authenticationChallengeId: id, code });
        if (!verification.valid) return send({ error: `The code ${code} is wrong` }, 400);
        return send(verification);
      }
      if (collection === 'factors' && request.method === 'GET') return send(await workos.mfa.getFactor(id));
      if (collection === 'factors' && request.method === 'DELETE') {
        await workos.mfa.deleteFactor(id);
        table = table.filter((row) => row.factorId !== id);
        return send(null, 204);
      }
      return send({ error: 'No such route' }, 404);
    } catch (error) {
      // The SDK's exceptions know their status, and everything else is our fault.
      const { status = 500, message, stack } = error as { status?: number; message: string; stack: string };
      return send({ error: message, ...(status === 500 && { stack }) }, status);
    }
  };
}

const send = (body: unknown, status = 200) =>
  new Response(body === null ? null : JSON.stringify(body), {
    status,
    // "It did not work from the dev server otherwise."
    headers: { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' },
  });
