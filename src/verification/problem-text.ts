import { format, formatPlural } from '../messages/format.js';
import type { FlowMessages } from '../messages/messages.js';
import type { CodeProblem } from './code-state.js';
import { formatSeconds, secondsUntil } from './deadline.js';

/** Where the codes come from: an authenticator app, or messages that are sent. */
export type CodeSource = 'app' | 'message';

/**
 * What went wrong with a code and what to do about it, in the person's words.
 * @param canResend Without that a challenge that is over leaves only a new start.
 */
export function problemText(
  problem: CodeProblem,
  source: CodeSource,
  messages: FlowMessages,
  canResend: boolean,
): string {
  const { code, errors, locale } = messages;
  switch (problem.kind) {
    case 'wrong_code': {
      // A clock that is off is what makes every code of an authenticator app wrong (RFC 6238, section 6).
      const text = source === 'app' && problem.rejections > 1 ? code.wrongClock : code.wrong;
      const left = problem.attemptsRemaining;
      return left === undefined ? text : `${text} ${formatPlural(code.attemptsRemaining, left, locale)}`;
    }
    case 'expired':
      if (source === 'app') return code.expiredTotp;
      return canResend ? code.expired : errors.not_found;
    case 'used':
      if (source === 'app') return code.usedTotp;
      return canResend ? code.used : errors.not_found;
    case 'locked':
      return format(code.locked, { time: formatSeconds(secondsUntil(problem.until)) });
    case 'failed':
      return errors[problem.error.code];
  }
}

/** What the code step can come to say, so that its place is large enough from the start. */
export function problemTexts(source: CodeSource, { code, errors }: FlowMessages): string[] {
  const wrong = source === 'app' ? code.wrongClock : code.wrong;
  return [
    ...Object.values(errors),
    ...Object.values(code.attemptsRemaining).map((left) => `${wrong} ${left}`),
    code.incomplete,
    code.locked,
    ...(source === 'app' ? [code.expiredTotp, code.usedTotp] : [code.expired, code.used, code.sent]),
  ];
}
