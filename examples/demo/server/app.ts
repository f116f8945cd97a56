import { createDemo } from './demo.ts';
import { createEmulation } from './emulation.ts';
import { json, refuseOtherSites } from './json-routes.ts';

export interface AppOptions {
  /** The demo's own origins: pages of any other cannot write. */
  origins: readonly string[];
  /** WorkOS's secret key. Without it WorkOS is emulated, and nothing leaves this machine. */
  workOsApiKey?: string | undefined;
  /** Signs the session cookie. Without it a new one is made, and a restart signs everybody out. */
  sessionSecret?: string | undefined;
}

/** Everything below `/api/`: the demo itself, and `/api/dev/` where WorkOS is emulated. */
export function createApp({ origins, workOsApiKey, sessionSecret }: AppOptions) {
  if (workOsApiKey) return createDemo({ origins, sessionSecret, workOs: { apiKey: workOsApiKey } });

  const emulation = createEmulation();
  const start = () => createDemo({ origins, sessionSecret, workOs: emulation.workOs });
  let demo = start();

  return async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith('/api/dev/')) return demo(request);
    if (refuseOtherSites(request, origins)) return json(403, { code: 'forbidden' });
    if (request.method === 'POST' && pathname === '/api/dev/reset') {
      emulation.reset();
      demo = start(); // users, sessions and the store are in memory, and go with it
      return json(200, {});
    }
    return emulation.answer(request);
  };
}
