import { Markdown } from '@storybook/addon-docs/blocks';

/** What the examples leave out, and our own handler does by itself. One list, for hosts in every language. */
const DUTIES = `
It asks who is signed in on every call, looks each id up with its owner, takes writes from its own pages only, counts a challenge
as used once, masks numbers, passes no one-time code on, and says nothing of why WorkOS failed. A session that has shown the
password alone may do no more than show a code of a *verified* factor, where the account has one: it cannot enrol another,
confirm a pending one or remove any that is verified (\`403\`, \`step_up_required\`), and the first code of a factor completes
no session but of an account that had none. \`npx mfa-kit check\` tells much of whether it still does, once it is yours.

**Still yours to add**, before it goes live. All but the last two \`createMfaHandler\` does by itself:

- **Limits**, counted in your database before WorkOS is asked: codes for each challenge and for each user over all challenges;
  text messages for each user, number and address, and over all. Text messages are what an attacker can make you pay for.
- **Step-up within five minutes**: the example lets every complete session add and remove factors, for as long as it lasts.
  Remember when a right code of an older factor was shown in it, and answer \`403\` with the code \`step_up_required\` where
  that is more than minutes ago: the kit asks for one. The code that completes an enrolment does not count.
- **Replay**: an authenticator app's code is good for up to 90 seconds. Remember an accepted one, as a keyed hash, for 120, and
  refuse it on every challenge: \`422\`, \`one_time_code_previously_used\`.
- **\`Idempotency-Key\`** on the two calls that make something: the same key in the same session gets the same answer, and WorkOS is asked once.
- **What never was confirmed**: delete factors that are still pending after 15 minutes, at WorkOS too.
- **Numbers**: the example takes anything in E.164's form. Check with libphonenumber that it is a mobile number, of a country that
  you have customers in.
- **Enrolment whose row cannot be written**: delete the factor at WorkOS again, or nobody will ever own it.
- **The half signed in session, everywhere else**: all of your app but these addresses has to refuse it.
- **Other sessions** of the user end when the account gets its first factor: whoever is in them has shown a password only. And
  the person gets a mail whenever a factor is added or removed.
`;

export const HostDuties = () => <Markdown>{DUTIES}</Markdown>;
