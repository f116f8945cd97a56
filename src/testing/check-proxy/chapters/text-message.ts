import { isOk, isRefused, seen } from '../answer.js';
import type { CheckName } from '../contract.js';
import { isLimited } from '../interrupted.js';
import { challenge, enrol, type Run, verify } from '../run.js';
import { verdictSeen } from './codes.js';

export interface SentMessage {
  /** E.164, as it was enrolled. */
  phoneNumber: string;
  /** The challenge that the message answers, as the proxy named it. */
  challengeId: string;
}

/** An enrolled phone, and its message where there is one to be read. */
export interface OwnPhone {
  id: string;
  message: SentMessage | undefined;
}

export interface TextMessageOptions {
  /** `null`: none is to be sent. */
  phoneNumber: string | null;
  codeOf: ((message: SentMessage) => Promise<string> | string) | undefined;
  expire: (() => Promise<void> | void) | undefined;
}

const ROWS = [
  'enrolled phone',
  'whole phone number',
  'code from a text message',
  'expired challenge',
] as const satisfies CheckName[];

/** Sends the one text message of the check, or two where time can be moved: one to run out, one to be read. */
export async function checkTextMessage(
  run: Run,
  { phoneNumber, codeOf, expire }: TextMessageOptions,
): Promise<OwnPhone | undefined> {
  const { findings } = run;
  if (phoneNumber === null) {
    findings.skip(ROWS, 'No text message was to be sent.');
    return undefined;
  }
  if (!codeOf) findings.skip(['code from a text message'], 'Needs `codeOf`, which reads the message.');
  if (!expire) findings.skip(['expired challenge'], 'Needs `expire`, which moves the clock of a test proxy.');

  const { answer, enrollment } = await enrol(run, {
    json: { type: 'sms', phone_number: phoneNumber },
    mayBeLimited: true,
  });
  if (isRefused(answer)) {
    const advice = isLimited(answer)
      ? 'wait until it may get messages again'
      : 'give one that the proxy allows';
    findings.skip(ROWS, `The number was not taken (${seen(answer)}): ${advice}.`);
    return undefined;
  }
  const isPhone = enrollment?.factor.type === 'sms';
  findings.judge('enrolled phone', isPhone, seen(answer));
  if (!enrollment || !isPhone) return undefined;
  const { id } = enrollment.factor;

  // User Management's enrolment has sent a message already.
  const sent = enrollment.challenge?.id ?? (await send());
  if (sent === undefined) return { id, message: undefined };
  if (!expire) return { id, message: { phoneNumber, challengeId: sent } };

  const code = codeOf ? await codeOf({ phoneNumber, challengeId: sent }) : '173205';
  if (codeOf) run.knownCodes.add(code);
  await expire();
  const late = await verify(run, sent, code, {
    note: codeOf ? 'with the right code, too late' : 'too late',
  });
  findings.judge(
    'expired challenge',
    isRefused(late.answer) && late.answer.error === 'challenge_expired',
    verdictSeen(late),
  );
  const next = codeOf && (await send());
  return { id, message: next === undefined ? undefined : { phoneNumber, challengeId: next } };

  async function send() {
    const message = await challenge(run, id, { mayBeLimited: true });
    if (message.id === undefined) findings.skip(ROWS, `No message was sent: ${seen(message.answer)}.`);
    return message.id;
  }
}

/** Later, in a session with a fresh code: the code that came with the message. */
export async function checkMessageCode(
  run: Run,
  message: SentMessage,
  codeOf: NonNullable<TextMessageOptions['codeOf']>,
): Promise<void> {
  const code = await codeOf(message);
  run.knownCodes.add(code);
  const checked = await verify(run, message.challengeId, code, { note: 'with the code of the message' });
  run.findings.judge(
    'code from a text message',
    isOk(checked.answer) && checked.verdict === true,
    verdictSeen(checked),
  );
}
