import { isEntityId } from './entity-id.js';

export type Route =
  | { name: 'factors' }
  | { name: 'factor'; id: string }
  | { name: 'factor-challenge'; id: string }
  | { name: 'challenge-verify'; id: string };

/**
 * Finds the route of an address. The path is compared as it was sent: nothing is decoded, collapsed or normalised, so
 * an encoded slash, a dot segment or a second slash is just an address that does not exist.
 */
export function matchRoute(url: string, basePath: string): Route | undefined {
  const path = /^[a-z][a-z0-9+.-]*:\/\/[^/?#\\]*([^?#]*)/i.exec(url)?.[1];
  if (path === undefined || !path.startsWith(`${basePath}/`)) return undefined;
  const [collection, id, action, ...rest] = path.slice(basePath.length + 1).split('/');
  if (rest.length > 0) return undefined;
  if (collection === 'factors' && id === undefined) return { name: 'factors' };
  if (!isEntityId(id)) return undefined;
  if (collection === 'factors' && action === undefined) return { name: 'factor', id };
  if (collection === 'factors' && action === 'challenge') return { name: 'factor-challenge', id };
  if (collection === 'challenges' && action === 'verify') return { name: 'challenge-verify', id };
  return undefined;
}
