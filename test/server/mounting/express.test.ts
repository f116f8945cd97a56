// @vitest-environment node
import express from 'express';
import { describe, expect, it } from 'vitest';

import { createMiddleware } from '../../../examples/demo/server/node-adapter.ts';
import { listen, mountRecipe, sendTo } from './recipe.ts';
import { servesTheContract } from './serves-the-contract.ts';

const mount = () =>
  mountRecipe(
    () => import('../../../examples/mounting/express.ts'),
    async ({ app }) => sendTo((await listen(app)).origin),
  );

describe('the recipe for Express', () => {
  servesTheContract(mount, { addressHeader: 'X-Forwarded-For' });

  it('leaves bodies of other routes to express.json()', async () => {
    const { recipe } = await mount();
    recipe.app.post('/echo', (request, response) => void response.json(request.body));
    const { origin } = await listen(recipe.app);
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`${origin}/echo`, { method: 'POST', headers, body: '{"a":1}' });
    expect(await response.json()).toEqual({ a: 1 });
  });
});

/** An app of one's own that mounts the adapter in another way. */
async function serve(mountIn: (app: express.Express) => void) {
  const app = express();
  app.set('env', 'test'); // Express then logs no error
  mountIn(app);
  return (await listen(app)).origin;
}

const tellPath = createMiddleware('/api/mfa/', async ({ url }) => new Response(new URL(url).pathname));

describe('the adapter in Express', () => {
  it('knows the whole path under a mount path too, which Express cuts off', async () => {
    const origin = await serve((app) => app.use('/api/mfa', tellPath));
    expect(await (await fetch(`${origin}/api/mfa/factors`)).text()).toBe('/api/mfa/factors');
    const router = await serve((app) => app.use('/api', express.Router().use('/mfa', tellPath)));
    expect(await (await fetch(`${router}/api/mfa/factors`)).text()).toBe('/api/mfa/factors');
  });

  it('says what to write where express.json() has eaten the body, and answers no request wrongly', async () => {
    let told: unknown;
    const origin = await serve((app) => {
      app.use(express.json());
      app.use(createMiddleware('/api/mfa/', async (request) => new Response(await request.text())));
      app.use(((error, _request, response, _next) => {
        told = error;
        response.status(500).end();
      }) satisfies express.ErrorRequestHandler);
    });
    const send = (method: string, body?: string) =>
      fetch(`${origin}/api/mfa/factors`, {
        method,
        ...(body && { body, headers: { 'Content-Type': 'application/json' } }),
      });
    expect((await send('POST', '{"type":"totp"}')).status).toBe(500);
    expect(String(told)).toMatch(/createMiddleware.* above app\.use\(express\.json\(\)\)/s);
    // What has no body loses none.
    expect((await send('GET')).status).toBe(200);
    expect((await send('DELETE')).status).toBe(200);
  });

  it('adds its cookies to those that were set before it', async () => {
    const origin = await serve((app) => {
      app.use((_request, response, next) => {
        response.cookie('theme', 'dark');
        next();
      });
      app.use(
        createMiddleware('/api/mfa/', async () => {
          const headers = new Headers([
            ['Set-Cookie', 'a=1; HttpOnly'],
            ['Set-Cookie', 'b=2; Expires=Wed, 01 Jan 2031 00:00:00 GMT'],
          ]);
          return new Response(null, { status: 204, headers });
        }),
      );
    });
    const { headers } = await fetch(`${origin}/api/mfa/factors`);
    expect(headers.getSetCookie()).toEqual([
      'theme=dark; Path=/',
      'a=1; HttpOnly',
      'b=2; Expires=Wed, 01 Jan 2031 00:00:00 GMT',
    ]);
  });

  it('believes of X-Forwarded-For only what its own proxy wrote', async () => {
    const seen: unknown[] = [];
    const answer = createMiddleware<express.Request>('/api/mfa/', async (_request, { ip }) => {
      seen.push(ip);
      return new Response();
    });
    const { app } = (await mount()).recipe; // for the setting that the recipe chose
    const trusting = await serve((own) => own.set('trust proxy', app.get('trust proxy')).use(answer));
    const headers = { 'X-Forwarded-For': '198.51.100.1, 203.0.113.9' }; // the client's word, then the proxy's
    await fetch(`${trusting}/api/mfa/factors`, { headers });
    expect(seen).toEqual(['203.0.113.9']);
  });
});
