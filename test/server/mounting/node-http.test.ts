// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { listen, mountRecipe, sendTo } from './recipe.ts';
import { servesTheContract } from './serves-the-contract.ts';

const mount = () =>
  mountRecipe(
    () => import('../../../examples/mounting/node-http.ts'),
    async ({ server }) => sendTo((await listen((...exchange) => server.emit('request', ...exchange))).origin),
  );

describe('the recipe for node:http', () => {
  servesTheContract(mount, { addressHeader: undefined });

  it('leaves every other path to the app', async () => {
    const { recipe } = await mount();
    const { origin } = await listen((...exchange) => recipe.server.emit('request', ...exchange));
    expect((await fetch(`${origin}/`)).status).toBe(404);
  });
});
