import type { ActionFunctionArgs, LoaderFunctionArgs } from 'react-router';

import { mfa } from '../../../mfa.ts';

// A resource route: it has no component, so what these return is the answer. In `routes.ts`:
// route('api/mfa/*', 'routes/api.mfa.$.ts')

/** GET. */
export const loader = ({ request }: LoaderFunctionArgs) => mfa(request, clientIpOf(request));

/** POST and DELETE. */
export const action = ({ request }: ActionFunctionArgs) => mfa(request, clientIpOf(request));

/** Set by your own proxy, over whatever the client sent. */
const clientIpOf = (request: Request) => request.headers.get('X-Real-IP') ?? undefined;
