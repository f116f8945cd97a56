import { createHttpBackend } from 'mfa-kit';

/** Where the kit's components, and this app's own list of factors, send their calls. */
export const backend = createHttpBackend({ baseUrl: '/api/mfa' });
