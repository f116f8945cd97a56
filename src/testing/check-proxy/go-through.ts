import { checkChallenge, checkCodes, checkReplay, showFreshCode } from './chapters/codes.js';
import { checkEnrolments, checkReading, requireSpare } from './chapters/enrolments.js';
import { checkForgedRequests, checkMethods } from './chapters/forged-requests.js';
import { checkMalformedIds } from './chapters/malformed-ids.js';
import { checkNobody } from './chapters/nobody.js';
import { checkOtherUser } from './chapters/other-user.js';
import { checkRemoval, checkVerifiedRemoval } from './chapters/removals.js';
import { checkLargeBody, checkPhoneNumbers, checkRequestBodies } from './chapters/request-bodies.js';
import { checkStepUp } from './chapters/step-up.js';
import {
  checkMessageCode,
  checkTextMessage,
  type OwnPhone,
  type SentMessage,
} from './chapters/text-message.js';
import { checkTooManyCodes } from './chapters/too-many-codes.js';
import { checkUnknownIds } from './chapters/unknown-ids.js';
import type { CheckName } from './contract.js';
import { listIds, type OwnTotp, type Run } from './run.js';

/** What the way through depends on. */
export interface Way {
  /** As `checkProxy` was given them. */
  phoneNumber?: string | null | undefined;
  codeOf?: CodeOf | undefined;
  expire?: (() => Promise<void> | void) | undefined;
  /** The origin of the app's pages. */
  origin: string;
  /** The ids of the factors that were there before. */
  before: ReadonlySet<string>;
}
type CodeOf = (message: SentMessage) => Promise<string> | string;

const TEST_NUMBER = '+15005550006';

/**
 * The chapters, in the order that lets each find what it needs: what costs nothing first, then enrolments (none is
 * possible once a factor is confirmed), then codes, and what locks out last.
 * @returns The phone number, where one was enrolled.
 */
export async function goThrough(run: Run, { origin, before, ...options }: Way): Promise<string | undefined> {
  const { findings } = run;
  findings.settle();
  await checkNobody(run);
  const unknown = await checkUnknownIds(run);
  findings.settle();
  await checkRequestBodies(run);
  await checkPhoneNumbers(run);
  findings.settle();

  const { phoneNumber = TEST_NUMBER, codeOf, expire } = options;
  const phone = await checkTextMessage(run, { phoneNumber, codeOf, expire });
  const { main, spareId, mainKey } = await checkEnrolments(run);
  if (main) {
    await checkReading(run, main);
    await checkMalformedIds(run, main.id);
    const challengeId = await checkChallenge(run, main);
    const targets = { factorId: main.id, challengeId, wrongCode: main.authenticator.wrong(), spareId };
    await checkMethods(run, targets);
    findings.settle(UNTIL_CODES);
    await checkOtherUser(run, unknown, { ...targets, key: mainKey });
    findings.settle(UNTIL_CODES);
    const second = await requireSpare(run, spareId);
    const forged = await checkForgedRequests(run, origin, { ...targets, spareId: second });
    await checkNothingChanged(run, before);
    findings.settle(UNTIL_CODES);
    const third = await requireSpare(run, second);
    if (third !== undefined) await checkRemoval(run, third);
    findings.settle(UNTIL_CODES);
    if (challengeId !== undefined && (await checkCodes(run, main, challengeId, forged))) {
      findings.settle(UNTIL_END);
      await checkConfirmed(run, main, phone, codeOf);
    }
  }
  findings.settle(UNTIL_END);
  await checkLargeBody(run);
  findings.settle(UNTIL_END);
  return phone && phoneNumber !== null ? phoneNumber : undefined;
}

/** Rows that the last step looks at once more. */
const UNTIL_END = ['nothing left behind'] as const satisfies CheckName[];
/** And those that a code of the app's own is needed for, to know the rest. */
const UNTIL_CODES = [...UNTIL_END, 'status of a factor', 'other site: verify'] as const satisfies CheckName[];

/** What needs a confirmed factor. */
async function checkConfirmed(
  run: Run,
  confirmed: OwnTotp,
  phone: OwnPhone | undefined,
  codeOf: CodeOf | undefined,
): Promise<void> {
  const { findings } = run;
  const own = await checkStepUp(run, confirmed);
  findings.settle(UNTIL_END);
  if (!own) return;
  let mayRemove = await showFreshCode(run, own);
  await checkReplay(run, own);
  findings.settle(UNTIL_END);
  if (phone?.message && codeOf) {
    await checkMessageCode(run, phone.message, codeOf);
    findings.settle(UNTIL_END);
    mayRemove &&= await checkVerifiedRemoval(run, phone.id, own);
  }
  await checkTooManyCodes(run, own);
  if (mayRemove) await checkVerifiedRemoval(run, own.id, own);
}

async function checkNothingChanged(
  { user, findings, made }: Run,
  before: ReadonlySet<string>,
): Promise<void> {
  const ids = await listIds(user);
  if (!ids) return;
  const added = [...ids].filter((id) => !before.has(id) && !made.has(id)).length;
  const lost = [...made].filter((id) => !ids.has(id)).length;
  findings.judge(
    'refused requests change nothing',
    added + lost === 0,
    `GET /factors with ${added} factors more and ${lost} fewer than the answers said`,
  );
}
