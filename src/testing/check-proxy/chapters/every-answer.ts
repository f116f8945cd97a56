import { type Answer, hasErrorCode, isOk, jsonOf, seen } from '../answer.js';
import type { CheckName } from '../contract.js';
import type { Run } from '../run.js';

const STACK =
  /\n\s+at .+:\d+|Traceback \(most recent call last\)|goroutine \d+ \[|\.rb:\d+:in |\.php(:\d+|\(\d+\)| on line \d+)|\.java:\d+\)|\bat [\w.]+\(.*\) in .+:line \d+|"(stack|stack_?trace|trace|traceback|exception)"\s*:/i;
/** PHP escapes slashes. */
const SECRET_FIELD = /"secret"\s*:\s*"[^"]|otpauth:|data:image\\?\/png/i;
const API_KEY = /\bsk_[A-Za-z0-9_-]{6,}/;
const MARKUP = /^\s*<(!doctype|html|\?xml|head|body|pre|h1)\b/i;

/**
 * What holds for all answers, looked at once they are all there.
 * @param answers Those that may be judged: all of them, or those until the run was interrupted.
 * @param phoneNumber E.164, where one was enrolled.
 */
export function checkEveryAnswer(
  run: Run,
  answers: readonly Answer[],
  phoneNumber: string | undefined,
): void {
  const { findings } = run;
  const came = answers.filter(({ status }) => status > 0);
  const ordinary = came.filter(({ isOrdinary }) => isOrdinary);
  const failures = ordinary.filter((answer) => !isOk(answer));

  /** One row over many answers: passed if none of them is an offender. */
  function judgeAll(name: CheckName, looked: readonly Answer[], isOffender: (answer: Answer) => boolean) {
    if (looked.length === 0) return;
    for (const answer of looked.filter(isOffender)) findings.judge(name, false, seen(answer));
    findings.judge(name, true, `${looked.length} answers`);
  }

  judgeAll('answers are not stored', ordinary.filter(isOk), lacks('Cache-Control', /\bno-store\b/i));
  judgeAll('failures are not stored', failures, lacks('Cache-Control', /\bno-store\b/i));
  judgeAll('nosniff', ordinary, lacks('X-Content-Type-Options', /^nosniff$/i));
  judgeAll('no CORS', came, ({ headers }) =>
    [...headers.keys()].some((name) => name.startsWith('access-control-allow-')),
  );

  judgeAll('failures have a code', failures, (answer) => !hasErrorCode(answer));
  judgeAll('nothing fails with a 5xx', answers, ({ status }) => status >= 500);
  judgeAll(
    'inner workings',
    came,
    (answer) => !isOk(answer) && (STACK.test(answer.text) || (answer.isOrdinary && MARKUP.test(answer.text))),
  );

  judgeAll('one-time code of a challenge', came, (answer) => tellsCode(run, answer));
  const codeAnswers = answers.filter((answer) => run.sentCodes.has(answer));
  judgeAll('code that was sent', codeAnswers, (answer) => {
    const code = run.sentCodes.get(answer) ?? '';
    return new RegExp(`(?<!\\w)${code}(?!\\w)`).test(answer.text);
  });
  const later = came.filter((answer) => !run.enrolments.has(answer));
  judgeAll('secret after the enrolment', later, ({ text }) => {
    const letters = text.toUpperCase().replace(/[^A-Z0-9"]/g, '');
    return SECRET_FIELD.test(text) || [...run.secrets].some((secret) => letters.includes(secret));
  });
  if (phoneNumber !== undefined) {
    const digits = phoneNumber.replace(/\D/g, '');
    judgeAll('whole phone number', came, ({ text }) => text.replace(/[\s().+-]/g, '').includes(digits));
  }
  judgeAll('API key', came, ({ text, headers }) =>
    [text, ...headers.values()].some((value) => API_KEY.test(value)),
  );
}

const lacks = (header: string, value: RegExp) => (answer: Answer) =>
  !value.test(answer.headers.get(header) ?? '');

/**
 * Whether a field named for a code holds a one-time one. Digits alone prove nothing: errors and envelopes are numbered
 * too, as in `{"code":40401}`. In a challenge they do, and so does any right code of this run but the one just sent.
 */
function tellsCode({ knownCodes, sentCodes }: Run, answer: Answer): boolean {
  return codeFields(jsonOf(answer)).some(({ value, isOfChallenge }) => {
    const isKnown = knownCodes.has(value) && sentCodes.get(answer) !== value;
    return isKnown || (isOk(answer) && isOfChallenge && /^\d{6}$/.test(value));
  });
}

interface CodeField {
  value: string;
  /** Whether it stands in a challenge, or beside one. */
  isOfChallenge: boolean;
}

function codeFields(value: unknown): CodeField[] {
  if (typeof value !== 'object' || value === null) return [];
  const fields = Object.entries(value);
  const isOfChallenge = fields.some(
    ([name, item]) =>
      name === 'challenge' || (typeof item === 'string' && item.startsWith('auth_challenge_')),
  );
  return fields.flatMap(([name, item]) => {
    const isCode = CODE_NAME.test(name) && (typeof item === 'string' || typeof item === 'number');
    return isCode ? [{ value: String(item), isOfChallenge }] : codeFields(item);
  });
}

const CODE_NAME = /^(code|otp|one_?time_?code|passcode)$/i;
