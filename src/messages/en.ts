import { enFlows } from './en-flows.js';
import type { MfaMessages } from './messages.js';

const en: MfaMessages = {
  ...enFlows,
  factors: {
    title: 'Your ways to verify',
    loading: 'Loading your ways to verify…',
    empty: 'No way to verify is set up yet. Add one to protect your account with a second step.',
    add: 'Add a way to verify',
    kinds: {
      totp: 'Authenticator app',
      sms: 'Text message',
      generic_otp: 'One-time codes',
      webauthn: 'Passkey or security key',
      unknown: 'Another way to verify',
    },
    active: 'Active',
    added: 'Added {time}',
    started: 'Started {time}',
    pending: 'Not finished',
    pendingMeaning:
      'You began to add this but did not confirm it with a code, so it does not work yet. Remove it, or add it again.',
    remove: 'Remove',
    removing: 'Removing…',
    keep: 'Keep',
    question: 'Remove {factor}?',
    meanings: {
      totp: 'The codes of this app will no longer be accepted.',
      sms: 'We will no longer text codes to this number.',
      other: 'It will no longer be accepted when you verify.',
      pending: 'It was never finished, so nothing that works is lost.',
    },
    last: 'This is your last active way to verify. Without it, no second step protects your account.',
    removed: '{factor} was removed.',
  },
};

export default en;
