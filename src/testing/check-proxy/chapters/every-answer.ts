import { type Answer, hasErrorCode, isOk, seen } from '../answer.js';
import type { CheckName } from '../contract.js';
import type { Run } from '../run.js';

const STACK =
  /\n\s+at .+:\d+|Traceback \(most recent call last\)|goroutine \d+ \[|\.rb:\d+:in |\.php(:\d+|\(\d+\)| on line \d+)|\.java:\d+\)|\bat [\w.]+\(.*\) in .+:line \d+|"(stack|stack_?trace|trace|traceback|exception)"\s*:/i;
/** A field named for a code, with digits in it. The codes of errors are words. */
const CODE_FIELD = /"(code|otp|one_?time_?code|passcode)"\s*:\s*"?\d{4,10}\b/i;
/** PHP escapes slashes. */
const SECRET_FIELD = /"secret"\s*:\s*"[^"]|otpauth:|data:image\\?\/png/i;
const API_KEY = /\bsk_[A-Za-z0-9_-]{6,}/;
const MARKUP = /^\s*<(!doctype|html|\?xml|head|body|pre|h1)\b/i;

/**
 * What holds for all answers, looked at once they are all there.
 * @param phoneNumber E.164, where one was enrolled.
 */
export function checkEveryAnswer(run: Run, phoneNumber: string | undefined): void {
  const { answers, findings } = run;
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

  judgeAll('one-time code of a challenge', came, ({ text }) => CODE_FIELD.test(text));
  judgeAll('code that was sent', [...run.sentCodes.keys()], (answer) => {
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
