// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { mountRecipe, requestOf } from './recipe.ts';
import { servesTheContract } from './serves-the-contract.ts';

const mount = () =>
  mountRecipe(
    () => import('../../../examples/mounting/hono.ts'),
    ({ app }) =>
      async (request) =>
        app.request(request),
  );

describe('the recipe for Hono', () => {
  servesTheContract(mount, { addressHeader: 'X-Real-IP' });

  it('leaves every other path to the app', async () => {
    const { recipe } = await mount();
    recipe.app.get('/api/other', (context) => context.text('mine'));
    expect(await (await recipe.app.request('/api/other')).text()).toBe('mine');
    expect((await recipe.app.request('/api/mfax')).status).toBe(404);
  });

  it('keeps the cookies of other middleware beside its own', async () => {
    const { recipe, signIn, emulator } = await mount();
    const ada = await signIn();
    const { body: factor } = await ada.call('POST', '/factors', { type: 'totp' });
    const { body: challenge } = await ada.call('POST', `/factors/${factor.id}/challenge`, {});
    const { Hono } = await import('hono');
    const outer = new Hono();
    outer.use(async (context, next) => {
      await next();
      context.header('Set-Cookie', 'theme=dark', { append: true });
    });
    outer.route('/', recipe.app);
    const body = { code: emulator.currentCode(factor.id) };
    const verify = requestOf('POST', `/challenges/${challenge.id}/verify`, body, { Cookie: ada.cookie });
    const cookies = (await outer.request(verify)).headers.getSetCookie();
    expect(cookies).toEqual([expect.stringMatching(/^__Host-session=.*HttpOnly/), 'theme=dark']);
  });

  it('refuses a request whose body other middleware has eaten, and takes it for no other', async () => {
    const { recipe, signIn, emulator } = await mount();
    const { cookie } = await signIn();
    const { Hono } = await import('hono');
    const outer = new Hono();
    outer.use(async ({ req }, next) => {
      await req.json();
      await next();
    });
    outer.route('/', recipe.app);
    const response = await outer.request(requestOf('POST', '/factors', { type: 'totp' }, { Cookie: cookie }));
    expect(response.status).toBe(400);
    expect(emulator.factors).toEqual([]);
  });
});
