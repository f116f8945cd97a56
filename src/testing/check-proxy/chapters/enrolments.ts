import { newKey } from '../../../backend/idempotency-key.js';
import { isOk, readFactor, seen } from '../answer.js';
import { enrol, listFactors, type OwnTotp, remove, type Run } from '../run.js';

/** Neither may find its way from a body into what an authenticator app shows. */
const FOREIGN_NAME = 'mfa-kit-check-foreign-name';

export interface Enrolled {
  /** The factor that the rest of the check lives on. */
  main: OwnTotp | undefined;
  /** Another, for what may cost one. */
  spareId: string | undefined;
  /** The `Idempotency-Key` that the first was enrolled with. */
  mainKey: string;
}

/** Two authenticator apps: one asked for with more than the contract has, one asked for twice with one key. */
export async function checkEnrolments(run: Run): Promise<Enrolled> {
  const { findings } = run;
  const spare = await enrol(run, {
    json: {
      type: 'totp',
      totp_issuer: FOREIGN_NAME,
      totp_user: FOREIGN_NAME,
      issuer: FOREIGN_NAME,
      user: FOREIGN_NAME,
    },
    note: 'with an issuer and an account',
  });
  const isTold = spare.answer.text.includes(FOREIGN_NAME);
  findings.judge(
    'issuer and account in the body',
    isOk(spare.answer) ? !isTold : spare.answer.status < 500,
    isTold ? `${seen(spare.answer)}, and the answer shows them` : seen(spare.answer),
  );

  const idempotencyKey = newKey();
  const first = await enrol(run, { json: { type: 'totp' }, idempotencyKey });
  findings.judge('POST /factors', isOk(first.answer), seen(first.answer));
  const { enrollment } = first;
  const totp = enrollment?.totp;
  if (isOk(first.answer)) {
    const isScannable = totp?.qrCode.startsWith('data:image/png;base64,');
    findings.judge(
      'enrolled authenticator app',
      isScannable === true,
      totp && !isScannable ? `${seen(first.answer)}, without a PNG as data URI` : seen(first.answer),
    );
  }
  if (!enrollment || !totp) return { main: undefined, spareId: spare.id, mainKey: idempotencyKey };

  const again = await enrol(run, { json: { type: 'totp' }, idempotencyKey, note: 'again with the same key' });
  findings.judge(
    'repeated enrolment',
    again.id === enrollment.factor.id,
    again.id === undefined || again.id === enrollment.factor.id
      ? seen(again.answer)
      : `${seen(again.answer)}, another factor`,
  );
  if (again.id !== undefined && again.id !== enrollment.factor.id) await remove(run, again.id);

  const authenticator = run.authenticatorFor(totp.secret);
  return { main: { id: enrollment.factor.id, authenticator }, spareId: spare.id, mainKey: idempotencyKey };
}

/** What the two reading routes say of a factor that is not confirmed yet. */
export async function checkReading(run: Run, { id }: OwnTotp): Promise<void> {
  const { findings, user } = run;
  const list = await user({ method: 'GET', path: '/factors' });
  const factors = await listFactors(list);
  const listed = factors?.find((factor) => factor.id === id);
  if (factors) {
    const came = listed ? seen(list) : `${seen(list)}, without the factor just enrolled`;
    findings.judge('enrolled factor is listed', listed !== undefined, came);
  }
  if (listed) {
    findings.judge(
      'status of a factor',
      listed.status === 'pending',
      `${seen(list)}, status ${listed.status} before any code`,
    );
  }
  const single = await user({ method: 'GET', path: '/factors/:id', id });
  findings.judge('GET /factors/:id', isOk(single), seen(single));
  if (isOk(single)) {
    const factor = await readFactor(single);
    findings.judge('one factor', factor?.id === id && factor.type === 'totp', seen(single));
  }
}

/** The spare factor, or another one where a request that had to be refused has cost it. */
export async function requireSpare(run: Run, spareId: string | undefined): Promise<string | undefined> {
  if (spareId !== undefined && run.made.has(spareId)) return spareId;
  return (await enrol(run, { json: { type: 'totp' } })).id;
}
