import express from 'express';

import { createMiddleware } from '../demo/server/node-adapter.ts'; // copy it beside this file
import { mfa } from './mfa.ts';

export const app = express();

// Whose `X-Forwarded-For` is believed: here a proxy on this machine. `true` would believe anybody's, and let them send
// text messages from a new address each time.
app.set('trust proxy', 'loopback');

// Before express.json(), which would leave nothing of the body.
app.use(createMiddleware<express.Request>('/api/mfa/', (request, { ip }) => mfa(request, ip)));

app.use(express.json());
// … your own routes, and app.listen(3000)
