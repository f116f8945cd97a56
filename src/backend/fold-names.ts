/** An object of the wire after folding: no prototype, only names the contract knows, no empty values. */
export interface WireObject {
  [name: string]: unknown;
}

/**
 * The contract's names, found by their letters alone, so that `expires_at`, `expiresAt` and `ExpiresAt` are one name
 * (the WorkOS SDKs mix all three, sometimes in one object). Left: letters in lower case. Right: our name.
 */
const NAMES: Record<string, string> = {
  attemptsremaining: 'attemptsRemaining',
  authenticationchallenge: 'challenge',
  authenticationfactor: 'factor',
  authenticationfactorid: 'factorId',
  challenge: 'challenge',
  code: 'code',
  createdat: 'createdAt',
  data: 'data',
  detail: 'detail', // FastAPI's HTTPException
  error: 'error',
  errorcode: 'errorCode', // .NET, Go
  errors: 'errors', // JSON:API and its kin
  expiresat: 'expiresAt',
  expiresin: 'expiresIn',
  factor: 'factor',
  factorid: 'factorId', // .NET
  id: 'id',
  issuer: 'issuer',
  list: 'list', // Node's AutoPaginatable
  message: 'message', // never read, but an error that has only this is one
  phonenumber: 'phoneNumber',
  qrcode: 'qrCode',
  raw: 'list', // PHP, around a list
  rawdata: 'rawData', // Node's exceptions
  responsecode: 'code', // PHP's exceptions
  retryafter: 'retryAfter',
  secret: 'secret',
  sms: 'sms',
  status: 'status',
  totp: 'totp',
  type: 'type',
  updatedat: 'updatedAt',
  uri: 'uri',
  user: 'user',
  valid: 'valid',
  verified: 'verified',
};

/** The deepest real answer nests five levels. */
const DEEPEST = 8;

export function isWireObject(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads parsed JSON of any dialect as objects with the contract's names. `""`, `null` and objects with nothing in them
 * are absent; a `data` or `list` that is `null` stays, for it means an empty list. Where two spellings of one name
 * disagree, neither is believed. `raw` (PHP) is opened here, for it can stand around any object.
 */
export function foldNames(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) return undefined;
  if (Array.isArray(value)) return value.map((item) => foldNames(item, depth + 1));
  if (!isWireObject(value)) return value;

  const folded: WireObject = Object.create(null);
  const disputed = new Set<string>();
  const entries = Object.entries(value).flatMap((entry) =>
    entry[0] === 'raw' && isWireObject(entry[1]) ? Object.entries(entry[1]) : [entry],
  );
  for (const [key, wire] of entries) {
    const letters = key.replace(/[_-]/g, '').toLowerCase();
    const name = Object.hasOwn(NAMES, letters) ? NAMES[letters] : undefined;
    if (name === undefined || disputed.has(name)) continue;
    const item = foldNames(wire, depth + 1);
    if (isAbsent(item, name)) continue;
    if (name in folded && folded[name] !== item) {
      disputed.add(name);
      delete folded[name];
    } else {
      folded[name] = item;
    }
  }
  return folded;
}

function isAbsent(item: unknown, name: string): boolean {
  if (item === null) return name !== 'data' && name !== 'list';
  if (name === 'code' && typeof item !== 'string') return true; // Go's `Code` is the HTTP status
  return item === undefined || item === '' || (isWireObject(item) && Object.keys(item).length === 0);
}
