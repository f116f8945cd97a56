import { createServer } from 'node:http';

import { createMiddleware } from '../demo/server/node-adapter.ts'; // copy it beside this file
import { mfa } from './mfa.ts';

const middleware = createMiddleware('/api/mfa/', (request, { socket }) =>
  // The connection's own address. Behind a proxy that is the proxy's: take what it writes into its header instead.
  mfa(request, socket.remoteAddress),
);

export const server = createServer((incoming, outgoing) => {
  middleware(incoming, outgoing, (error) => {
    // … your own routes
    if (error) console.error(error);
    outgoing.writeHead(error ? 500 : 404).end();
  });
});
// server.listen(3000)
