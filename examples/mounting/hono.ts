import { Hono } from 'hono';

import { mfa } from './mfa.ts';

export const app = new Hono();

// Not `app.mount`, which cuts the path off: the handler compares the whole one.
app.all('/api/mfa/*', ({ req }) =>
  // Set by your own proxy, over whatever the client sent.
  mfa(req.raw, req.header('X-Real-IP')),
);
