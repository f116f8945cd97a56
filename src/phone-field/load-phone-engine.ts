/** What the phone rules need of libphonenumber, together with the numbering plans of mobile phones. */
export type PhoneEngine = typeof import('./phone-engine.js');

let loaded: PhoneEngine | undefined;
let loading: Promise<PhoneEngine> | undefined;

/**
 * Loads the engine and its metadata once (12 and 24 kB gzip), when a phone number is first wanted.
 * @throws What the browser throws for a chunk that does not arrive. The next call tries again.
 */
export function loadPhoneEngine(): Promise<PhoneEngine> {
  loading ??= import('./phone-engine.js').then(
    (engine) => (loaded = engine),
    (reason: unknown) => {
      loading = undefined;
      throw reason;
    },
  );
  return loading;
}

/** The engine, where it has been loaded already. */
export const loadedPhoneEngine = (): PhoneEngine | undefined => loaded;
