import type { QueryClient } from '@tanstack/react-query';

import type { MfaBackend } from '../backend/mfa-backend.js';
import { MfaError, mayHaveSucceeded } from '../backend/mfa-error.js';
import { FACTORS, type Listing, reloadFactors } from './factors-client.js';
import { type Failure, toFailure } from './failure.js';
import { has, loadFactors } from './load-factors.js';

/**
 * Deletes a factor and takes it off the list that is shown. Where the answer leaves open whether it is gone, a new list
 * decides.
 * @returns Why it is still there.
 */
export async function removeFactor(
  factorId: string,
  backend: MfaBackend,
  client: QueryClient,
): Promise<Failure | undefined> {
  try {
    await backend.deleteFactor(factorId);
  } catch (reason) {
    const failure = toFailure(reason);
    const { error } = failure;
    // Nobody is to see whose factors they were.
    if (error.code === 'unauthenticated') update(client, () => ({ list: undefined, failure, isTold: true }));
    return error.code === 'not_found' || mayHaveSucceeded(error)
      ? lookAgain(factorId, failure, backend, client)
      : failure;
  }
  // Gone from the screen at once, also where the list cannot be loaded again now.
  update(client, (listing) => without(factorId, listing));
  reloadFactors(client);
  return undefined;
}

async function lookAgain(
  factorId: string,
  failure: Failure,
  backend: MfaBackend,
  client: QueryClient,
): Promise<Failure | undefined> {
  const list = await loadFactors(backend).catch(() => undefined);
  if (!list) return failure; // that the list failed, too, is no news to the person
  update(client, () => ({ list, failure: undefined }));
  if (!has(list, factorId)) return undefined;
  if (failure.error.code !== 'not_found') return failure;
  const message = 'The server lists a factor and, asked to remove it, does not know it.';
  return toFailure(new MfaError('bad_response', { status: failure.error.status, message }));
}

/** Changes what is shown, where something is. */
function update(client: QueryClient, change: (listing: Listing) => Listing) {
  client.setQueryData<Listing>(FACTORS, (listing) => listing && change(listing));
}

function without(factorId: string, listing: Listing): Listing {
  const { list } = listing;
  if (!list) return listing;
  return { ...listing, list: { ...list, factors: list.factors.filter(({ id }) => id !== factorId) } };
}
