/** Something that is recommended: a proxy without it keeps the contract. */
interface Advice {
  advice: string;
}

const NOT_TAKEN = 'a 4xx, and never `valid: true`';
const NOBODY = '401';
const UNKNOWN = '404, read as not_found';
const NOT_FOUND_ALIKE = 'a 4xx, alike in status and fields to the answer about an id that nobody has';
const REFUSED = 'a 4xx, and nothing done';

/**
 * Everything that is checked, in the order of the report: by group and name, with what is wanted. The names are part
 * of what `checkProxy` reports, so a test may look for them: new ones may come, none is reused.
 */
export const CONTRACT = {
  routes: {
    'GET /factors': 'a 2xx',
    'POST /factors': 'a 2xx',
    'GET /factors/:id': 'a 2xx',
    'POST /factors/:id/challenge': 'a 2xx',
    'POST /challenges/:id/verify': 'a 2xx',
    'DELETE /factors/:id': 'a 2xx, best a 204',
    'other methods': 'a 4xx, best a 405: what writes must not answer to GET',
  },
  shapes: {
    'list of factors': 'JSON that the kit reads as a list of factors',
    'one factor': 'JSON that the kit reads as the factor asked for',
    'enrolled authenticator app':
      'JSON that the kit reads as a totp factor with its secret, and QR code as a data URI',
    'enrolled phone': 'JSON that the kit reads as an sms factor',
    challenge: 'JSON that the kit reads as a challenge of the factor asked for',
    'wrong code': 'a 2xx with the boolean `valid: false` beside the challenge that was sent',
    'right code': 'a 2xx with the boolean `valid: true` beside the challenge that was sent',
    'phone number refused': 'a 4xx, read as invalid_phone_number',
    'status of a factor': {
      advice: 'a `status` of `pending` until the first right code and `verified` from then on',
    },
  },
  lifecycle: {
    'enrolled factor is listed': 'the factor in the list',
    'removed factor is gone': 'a list without it, and 404 for its id',
    'verified factor can be removed': 'a 2xx after a fresh right code',
    'refused requests change nothing': 'the same factors in the list as before',
    'nothing left behind': 'a 2xx for the removal of each factor the check has made',
    'repeated enrolment': {
      advice: 'the same factor for the same `Idempotency-Key`',
    },
    'repeated challenge': {
      advice: 'the same challenge for the same `Idempotency-Key`',
    },
  },
  codes: {
    'code from a text message': '`valid: true`',
    'used challenge': 'a 4xx, read as challenge_used',
    'expired challenge': 'a 4xx, read as challenge_expired',
    'TOTP code used before': 'no `valid: true` for a code that was accepted already',
    'code that is no string': NOT_TAKEN,
    'code of other characters': 'a 4xx, or a 2xx with `valid: false`',
  },
  limits: {
    'wrong codes on one challenge': 'a 429 by the sixth, read as too_many_attempts or rate_limited',
    '429 says how long to wait': '`Retry-After` or `retry_after`: whole seconds, 1 or more',
    '429 says it once': 'the same seconds in `Retry-After` and in `retry_after`, where there are both',
  },
  'step-up': {
    'second factor without a fresh code': '403 (or 401), read as step_up_required',
    'removal without a fresh code': '403 (or 401), read as step_up_required',
  },
  'unknown ids': {
    'unknown id: GET': UNKNOWN,
    'unknown id: DELETE': UNKNOWN,
    'unknown id: challenge': UNKNOWN,
    'unknown id: verify': UNKNOWN,
    'slashes and dots in an id': 'a 4xx: the id decoded and put into a path leads to another address',
    'characters after an id': 'a 4xx: the id is not the one that exists',
    'endless id': 'a 4xx',
  },
  "another user's": {
    'list of factors of others': 'a list without the factors of another user',
    'factor of another: GET': NOT_FOUND_ALIKE,
    'factor of another: challenge': NOT_FOUND_ALIKE,
    'factor of another: DELETE': `${NOT_FOUND_ALIKE}, and the factor still there`,
    'challenge of another: verify': NOT_FOUND_ALIKE,
    'Idempotency-Key of another': 'a factor of their own or a 4xx, and never the answer to the first user',
  },
  'nobody signed in': {
    'nobody: GET /factors': NOBODY,
    'nobody: POST /factors': NOBODY,
    'nobody: GET /factors/:id': NOBODY,
    'nobody: DELETE /factors/:id': NOBODY,
    'nobody: POST /factors/:id/challenge': NOBODY,
    'nobody: POST /challenges/:id/verify': NOBODY,
  },
  'cross-site requests': {
    'other site: enrol': REFUSED,
    'other site: challenge': REFUSED,
    'other site: verify': REFUSED,
    'other site: DELETE': REFUSED,
    'sibling of the same site': REFUSED,
    'other origin, older browser': REFUSED,
    'origin that looks alike': `${REFUSED}: an origin is compared as a whole`,
    'same host, other port or scheme': `${REFUSED}: an origin is compared as a whole`,
    'null origin': REFUSED,
    'no Origin, no Sec-Fetch-Site': REFUSED,
    'no X-Requested-With': REFUSED,
    'no CORS': 'no Access-Control-Allow- header in any answer',
  },
  bodies: {
    'HTML form': `${REFUSED}: only application/json is taken`,
    'multipart form': `${REFUSED}: only application/json is taken`,
    'JSON as text/plain': `${REFUSED}: only application/json is taken`,
    'no content type': `${REFUSED}: only application/json is taken`,
    'broken JSON': 'a 4xx',
    'JSON that is no object': 'a 4xx',
    'unknown type of factor': 'a 4xx',
    'phone number that is no string': 'a 4xx',
    'issuer and account in the body':
      'the issuer and account from your configuration and session, whatever a body says',
    'body of 1 MB': 'a 4xx, best a 413, and a proxy that still answers',
  },
  headers: {
    'answers are not stored': '`Cache-Control: no-store`',
    'failures are not stored': '`Cache-Control: no-store`',
    nosniff: { advice: '`X-Content-Type-Options: nosniff`' },
  },
  errors: {
    'failures have a code':
      'application/json with a `code`, such as {"code":"entity_not_found","message":"…"}',
    'nothing fails with a 5xx': 'no 5xx, whatever is sent',
  },
  leaks: {
    'one-time code of a challenge': 'no answer with the code of a challenge in it',
    'code that was sent': 'no answer that repeats a code',
    'secret after the enrolment': 'the secret and QR code in the answer to the enrolment, and in no other',
    'whole phone number': 'the number masked, such as •••• 0006',
    'API key': 'no answer with something like sk_… in it',
    'inner workings': 'no stack trace and no HTML in a failure',
  },
} as const satisfies Record<string, Record<string, string | Advice>>;

type Contract = typeof CONTRACT;
export type CheckGroup = keyof Contract;
export type CheckName = { [Group in CheckGroup]: keyof Contract[Group] & string }[CheckGroup];

/** What is wanted of a row, and whether it is only advised. */
export interface ContractRow {
  group: CheckGroup;
  name: CheckName;
  wanted: string;
  isAdvice: boolean;
}

export const CONTRACT_ROWS: readonly ContractRow[] = Object.entries(CONTRACT).flatMap(([group, rows]) =>
  Object.entries(rows).map(([name, wanted]: [string, string | Advice]) => ({
    // `Object.entries` widens what the `const` above says of them.
    group: group as CheckGroup,
    name: name as CheckName,
    wanted: typeof wanted === 'string' ? wanted : wanted.advice,
    isAdvice: typeof wanted !== 'string',
  })),
);
