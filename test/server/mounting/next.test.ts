// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';

import { mountRecipe } from './recipe.ts';
import { servesTheContract } from './serves-the-contract.ts';

const load = () => import('../../../examples/mounting/next/app/api/mfa/[...path]/route.ts');

const mount = () =>
  mountRecipe(load, (route) => async (request) => {
    // As Next does: HEAD is served by GET, and a method that the file does not export is a 405.
    const { method } = request;
    if (method === 'GET' || method === 'HEAD') return route.GET(request);
    if (method === 'POST' || method === 'DELETE') return route[method](request);
    return new Response(null, { status: method === 'OPTIONS' ? 204 : 405 });
  });

describe('the recipe for Next.js', () => {
  servesTheContract(mount, { addressHeader: 'X-Real-IP' });

  it('can be loaded by a build, where there is neither key nor database', async () => {
    vi.resetModules();
    vi.stubEnv('WORKOS_API_KEY', '');
    vi.stubEnv('DATABASE_URL', '');
    vi.stubEnv('NODE_ENV', 'production');
    try {
      expect(Object.keys(await load()).sort()).toEqual(['DELETE', 'GET', 'POST']);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
