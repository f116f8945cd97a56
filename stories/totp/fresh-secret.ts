import type { TotpSecret } from 'mfa-kit';

import { backendOf } from '../act.js';

interface Context {
  loaded: Record<string, unknown>;
}

/** Makes the secret that the story shows: one of a factor that was just enrolled. */
export async function enrollSecret(context: Context): Promise<void> {
  const { totp } = await backendOf(context).enrollFactor({ type: 'totp' });
  context.loaded.totp = totp;
}

export function secretOf({ loaded }: Context): TotpSecret {
  return loaded.totp as TotpSecret; // `enrollSecret` put it there; Storybook's type knows of none
}
