// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { mountRecipe } from './recipe.ts';
import { servesTheContract } from './serves-the-contract.ts';

const mount = () =>
  mountRecipe(
    () => import('../../../examples/mounting/worker.ts'),
    ({ default: worker }) =>
      (request) => {
        // The runtime hands the bindings to each request.
        const { WORKOS_API_KEY = '', WORKOS_API_URL = '' } = process.env;
        return worker.fetch(request, { WORKOS_API_KEY, WORKOS_API_URL }, { waitUntil: () => undefined });
      },
  );

describe('the recipe for Workers', () => {
  servesTheContract(mount, { addressHeader: 'CF-Connecting-IP' });

  it('leaves every other path to the app', async () => {
    const { send } = await mount();
    expect((await send(new Request('https://app.example/'))).status).toBe(404);
  });
});
