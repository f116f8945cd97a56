import type { MfaEvent } from 'mfa-kit/server';

/** What the handler did and refused, for your log: no code, secret, number or session id is in it. */
export async function onEvent(event: MfaEvent): Promise<void> {
  const isTrouble = event.type === 'refused' || event.type === 'code_rejected';
  console[isTrouble ? 'warn' : 'info']('mfa', event);
  if (event.type === 'factor_verified')
    await sendMail(event.userId, 'A second step was added to your account.');
  if (event.type === 'factor_removed')
    await sendMail(event.userId, 'A second step was removed from your account.');
}

/** What went wrong behind a 500, 502 or 503, which say nothing of it. For your log alone: it is as it was thrown. */
export function onError(error: unknown, call: string): void {
  console.error('mfa', call, error);
}

/** Stands for the mail you send. Say in it what to do where it was not them: it tells of all that no code prevented. */
async function sendMail(userId: string | undefined, text: string): Promise<void> {
  console.info('mail', userId, text);
}
