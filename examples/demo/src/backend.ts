import { createHttpBackend } from 'mfa-kit';

/** Where the kit's components and hooks send their calls. */
export const backend = createHttpBackend({ baseUrl: '/api/mfa' });
