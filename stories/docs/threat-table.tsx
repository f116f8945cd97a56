import '../theming/theming.css';
import { InlineCode } from './inline-code.js';

/** Somebody who …, wants to …, and is stopped by …. Each is held by tests in `test/server`. */
const THREATS = [
  {
    who: 'has the password',
    wants: 'guess the code',
    stopped:
      '5 codes a challenge, 10 wrong ones a user in any 15 minutes, over all factors and challenges, and 30 that WorkOS gave no verdict on, counted before WorkOS is asked: a thousand at once are no more than a thousand in a row',
  },
  {
    who: 'has the password',
    wants: 'add a factor of their own and use that',
    stopped: `a code of a factor that was verified before, in this session, in the last 5 minutes; or 403 \`step_up_required\`. The code that completes an enrolment does not count for it`,
  },
  {
    who: 'had the password before there was a second factor',
    wants: 'finish an enrolment that waited',
    stopped: 'the same question again when it is completed; pending factors end after 15 minutes',
  },
  {
    who: 'sits down at an open laptop, or has the cookie',
    wants: 'remove the second factor',
    stopped:
      'the same fresh code. A proof belongs to one user, one session, one factor, and goes with each of them',
  },
  {
    who: 'looked over a shoulder, or reads the messages on a locked phone',
    wants: 'use a code once more',
    stopped:
      'a challenge works once, an authenticator code once in 120 seconds, on whatever challenge; of ten right codes at once, one is accepted',
  },
  {
    who: 'is signed in as somebody else',
    wants: `reach another's factor or challenge by id`,
    stopped: `each user's things stand in one record, and are looked for nowhere else. Somebody else's answers like a missing one`,
  },
  {
    who: 'has a page of their own that a signed-in person visits',
    wants: 'send requests in their name',
    stopped: `\`Sec-Fetch-Site\` and \`Origin\`, the header \`X-Requested-With\`, JSON only; siblings and \`null\` are strangers; no CORS headers`,
  },
  {
    who: 'earns by text messages',
    wants: 'have many sent',
    stopped: `1 in 30 seconds and 5 in an hour for each user, number and address, 500 in an hour in all, of which numbers that nobody has confirmed get four fifths; mobile numbers only, no premium, no satellite, \`sms.countries\`. A message that may have gone out counts, also where WorkOS failed`,
  },
  {
    who: 'owns the line between the handler and WorkOS, or confuses it',
    wants: 'have a wrong code taken for a right one',
    stopped: `success is \`valid: true\`, in the form of the API, for this challenge and this factor. A redirect, an error beside it, HTML, another id, \`"true"\` are a 502`,
  },
  {
    who: 'reads your database',
    wants: 'read numbers and codes, or become a user',
    stopped: `it holds keyed hashes (HMAC-SHA-256 under the API key) of what has to be recognised again. A new factor's answer is kept for a repeated request up to 15 minutes, sealed under a key that is in no database`,
  },
  {
    who: 'reads your logs',
    wants: 'the same',
    stopped: `errors, answers and events (\`onEvent\`) hold no code, secret, number or session id, and none of WorkOS's own words`,
  },
  {
    who: 'floods it',
    wants: 'have it fall over, or open',
    stopped:
      'bodies of 16 kB in 10 seconds, WorkOS 10 seconds and 256 kB, the store 5 seconds. What cannot be counted is refused: 503',
  },
];

export function ThreatTable() {
  return (
    // A region that scrolls has to be reached by the keyboard, and named.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="kit-page kit-scroll sb-unstyled" role="region" aria-label="Threats" tabIndex={0}>
      <table className="kit-table kit-wide">
        <thead>
          <tr>
            <th scope="col">Somebody who …</th>
            <th scope="col">wants to …</th>
            <th scope="col">and is stopped by</th>
          </tr>
        </thead>
        <tbody>
          {THREATS.map(({ who, wants, stopped }) => (
            <tr key={`${who} ${wants}`}>
              <th scope="row">
                <InlineCode text={who} />
              </th>
              <td>
                <InlineCode text={wants} />
              </td>
              <td>
                <InlineCode text={stopped} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
