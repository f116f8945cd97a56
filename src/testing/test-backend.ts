import type { AuthenticationFactor, EnrollFactorRequest, MfaBackend } from '../backend/mfa-backend.js';
import type { WorkOsEmulator } from '../emulator/index.js';
import type { MfaHandlerOptions, MfaStore, MfaUser } from '../server/index.js';
import type { CallPattern, Fault, Faults } from './fault.js';

export interface TestBackendOptions {
  /** Who is signed in. `null` for nobody. Default: `ada@example.com`. */
  user?: MfaUser | null | undefined;
  /** The app's name in authenticator apps. Default: `Example App`. */
  issuer?: string | undefined;
  onVerified?: MfaHandlerOptions['onVerified'];
  onEvent?: MfaHandlerOptions['onEvent'];
  /** What the handler counts. Default: the handler's own limits. */
  limits?: MfaHandlerOptions['limits'];
}

/** A request as it was made, whether or not it arrived. The same object tells later how it ended. */
export interface TestRequest {
  /** `POST`, `GET` or `DELETE`. */
  method: string;
  /** Below the base path: `/factors/auth_factor_01…/challenge`. */
  path: string;
  headers: Headers;
  body: unknown;
  keepalive: boolean;
  /** What befell it on its way. */
  fault: Fault['kind'] | undefined;
  /** `undefined` while it is under way. */
  outcome: TestOutcome | undefined;
}

/** How a request ended, as its caller sees it. */
export interface TestOutcome {
  /** `undefined` where no answer arrived. */
  status: number | undefined;
  /** Milliseconds from the request to its end. */
  duration: number;
}

export interface TestBackend extends MfaBackend {
  /** WorkOS's side: its factors, its inbox, the codes of the moment. */
  emulator: WorkOsEmulator;
  /** The handler's side: its records, as texts. */
  store: MfaStore;
  /** Whose factors they are by the handler's records, pending ones included. No request is made. */
  factorsOf: (user: MfaUser) => Promise<AuthenticationFactor[]>;
  /** The servers' clock. It follows the real one, and can be moved on. */
  clock: { now: () => number; advance: (milliseconds: number) => void };
  /** What befalls calls on their way. */
  faults: Pick<Faults, 'next' | 'always' | 'clear'>;
  /** The requests made so far, oldest first; those of one kind: `requests('POST /factors/:id/challenge')`. */
  requests: (pattern?: CallPattern) => TestRequest[];
  /** Who is signed in now. */
  readonly user: MfaUser | null;
  /** Signs somebody else in, or out with `null`. */
  signIn: (user: MfaUser | null) => void;
  /**
   * A code that would be right for a factor now; without an id, for the newest factor. The one that the authenticator app
   * shows, or where that was accepted before, and would be refused, its neighbor in time.
   */
  currentCode: (factorId?: string) => string;
  /**
   * Sets up a factor that the user has had for some days: verified, every limit free again, and no fresh code given. Its
   * requests are among `requests()`, its text message in the inbox. Call it before anything else is under way: the
   * servers' clock stands back meanwhile.
   */
  ownFactor: (request: EnrollFactorRequest, options?: { daysAgo?: number }) => Promise<AuthenticationFactor>;
  /**
   * Gives a right code of a verified factor, as the person would: what needs one a moment ago is then allowed.
   * @throws {Error} If the user has no verified factor.
   */
  stepUp: () => Promise<void>;
  /**
   * Calls back whenever something has happened: a request was made, was carried out by the server or has ended, somebody
   * signed in or out, the clock was moved. Returns how to stop.
   */
  subscribe: (listener: () => void) => () => void;
}
