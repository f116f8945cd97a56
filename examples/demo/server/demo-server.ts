import type { Plugin } from 'vite';

import type * as App from './app.ts';
import { createMiddleware } from './node-adapter.ts';

/** Serves the demo's own API from Vite's dev server. In production the same `createApp` stands in your server. */
export function demoServer(): Plugin {
  return {
    name: 'demo-server',
    configureServer(server) {
      async function load(port: number) {
        // Through Vite, so that the server too imports `mfa-kit/…` by the names a host writes.
        const { createApp } = (await server.ssrLoadModule('/server/app.ts')) as typeof App;
        return createApp({
          // Written out, never taken from the request's own `Host` header, which anybody may send.
          origins: [`http://localhost:${port}`, `http://127.0.0.1:${port}`],
          workOsApiKey: process.env.WORKOS_API_KEY,
          sessionSecret: process.env.SESSION_SECRET,
        });
      }
      let app: ReturnType<typeof load> | undefined;

      server.middlewares.use(
        createMiddleware('/api/', async (request, { socket }) => {
          app ??= load(socket.localPort ?? 0); // known once it listens, so with the first request
          return (await app)(request);
        }),
      );
    },
  };
}
