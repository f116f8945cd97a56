// @vitest-environment node
import { createRequestHandler, type ServerBuild } from 'react-router';
import { describe, expect, it } from 'vitest';

import { mountRecipe } from './recipe.ts';
import { servesTheContract } from './serves-the-contract.ts';

type Route = typeof import('../../../examples/mounting/react-router/app/routes/api.mfa.$.ts');

/** What `react-router build` makes of an app with this one route and a page. */
function buildOf(module: Route): ServerBuild {
  const page = { default: () => null };
  return {
    entry: { module: { default: () => new Response('a page') } },
    routes: {
      root: { id: 'root', path: '', module: page },
      // The type wants a component, and a resource route is one by having none.
      mfa: {
        id: 'mfa',
        parentId: 'root',
        path: 'api/mfa/*',
        module: module as Route & { default: never },
      },
      page: { id: 'page', parentId: 'root', path: 'settings', module: page },
    },
    assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '' },
    assetsBuildDirectory: 'build/client',
    publicPath: '/',
    basename: '/',
    future: {} as ServerBuild['future'], // none of them switched on
    ssr: true,
    isSpaMode: false,
    prerender: [],
    routeDiscovery: { mode: 'initial', manifestPath: '/__manifest' },
  };
}

const mount = () =>
  mountRecipe(
    () => import('../../../examples/mounting/react-router/app/routes/api.mfa.$.ts'),
    (route) => {
      const handle = createRequestHandler(buildOf(route), 'production');
      return (request) => handle(request);
    },
  );

describe('the recipe for React Router', () => {
  servesTheContract(mount, { addressHeader: 'X-Real-IP' });

  it('has no component, so that it answers itself and no page does', async () => {
    const { recipe } = await mount();
    expect(Object.keys(recipe).sort()).toEqual(['action', 'loader']);
  });
});
