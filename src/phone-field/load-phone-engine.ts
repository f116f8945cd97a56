import type { MetadataJson } from 'libphonenumber-js/core';

/** What the phone rules need of libphonenumber, together with the numbering plans of mobile phones. */
export interface PhoneEngine {
  core: typeof import('libphonenumber-js/core/es6');
  metadata: MetadataJson;
  Metadata: new (metadata: MetadataJson) => NumberingPlans;
}

/** The part of the engine's `Metadata` that its own types leave out. */
interface NumberingPlans {
  /** @param plan A country, or a calling code that several share. */
  selectNumberingPlan: (plan: string) => void;
  numberingPlan?: { nationalNumberPattern: () => string };
}

let loading: Promise<PhoneEngine> | undefined;

/**
 * Loads the engine and its metadata once (12 and 24 kB gzip), when a phone number is first wanted.
 * @throws What the browser throws for a chunk that does not arrive. The next call tries again.
 */
export function loadPhoneEngine(): Promise<PhoneEngine> {
  loading ??= Promise.all([
    import('libphonenumber-js/core/es6'),
    import('libphonenumber-js/mobile/metadata'),
  ]).then(
    ([core, { default: metadata }]) => ({
      core,
      metadata,
      Metadata: core.Metadata as unknown as PhoneEngine['Metadata'],
    }),
    (reason: unknown) => {
      loading = undefined;
      throw reason;
    },
  );
  return loading;
}
