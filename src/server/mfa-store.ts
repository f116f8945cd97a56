/**
 * Where the handler keeps what WorkOS does not know: whose factors they are, what was tried, what was used up.
 *
 * Two methods over texts by key, so that any database that can compare and replace one row will do. Every permission
 * the handler gives is a `swap` that succeeded: of any number of requests that race for a challenge, a limit or the
 * last free place, in any number of processes, one wins. The rules themselves stand in the handler, once.
 *
 * The texts are JSON without secrets: no code, no TOTP secret, no whole phone number, no session id (of what has to be
 * recognised again, a keyed hash). A method that cannot do its work rejects: the handler then answers 503 and lets nobody through.
 * `checkStore` of `mfa-kit/testing` tells whether a store of your own keeps all this.
 */
export interface MfaStore {
  /**
   * The text under a key, to the letter; `null` if there is none. What is there now: not from a replica that may be
   * behind, or somebody whose factor was verified a moment ago would be signed in without it.
   * @param key Case-sensitive, up to 512 characters of any kind.
   */
  read(key: string): Promise<string | null>;
  /**
   * Replaces the text under a key if it still is `from`: **one atomic step**, against every other process too. Resolves
   * to whether it was, and changes nothing if not. What it wrote is there for every call that begins after it resolved.
   */
  swap(change: StoreChange): Promise<boolean>;
}

export interface StoreChange {
  key: string;
  /** What has to be there, compared byte by byte: case, blanks at the end and all. `null`: nothing. */
  from: string | null;
  /** What is there afterwards, up to 256 kB. `null`: nothing. */
  to: string | null;
  /** Now, by the handler's clock: milliseconds since 1970. The only clock that `expiresAt` is compared with. */
  at: number;
  /**
   * When the record may be forgotten, milliseconds since 1970; `null` for never. A store may drop what has expired, at
   * any later time or not at all, and has to take either for "not there" consistently: what `read` gives, `swap` takes.
   */
  expiresAt: number | null;
}
