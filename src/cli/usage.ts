export const USAGE = `Usage: npx mfa-kit check <url> --cookie <cookie> [options]

  check   Tries the kit's HTTP contract on a running MFA proxy, whatever it is written in.

npx mfa-kit check --help shows the options.
`;

export const CHECK_USAGE = `Usage: npx mfa-kit check <url> --cookie <cookie> [options]

  <url>                       Where the proxy is mounted, such as http://localhost:3000/api/mfa

  --cookie <cookie>           The Cookie header of a signed-in test user who has no factors
  --other-cookie <cookie>     That of a second user, who tries the first one's ids
  --header 'Name: value'      One more header on each request; may be given again
  --other-header 'Name: value'  The same for the second user
  --origin <origin>           The origin of the app's pages, where it is not that of <url>
  --phone <number>            Gets one text message. Default: WorkOS's test number, +15005550006
  --no-sms                    Sends no text message
  --json                      Prints the report as JSON
  --help                      Prints this

MFA_KIT_COOKIE and MFA_KIT_OTHER_COOKIE in the environment stand for the cookies too: other users of this
machine can see what stands on a command line.

It cannot see whether a fresh code counts in another session too, whether new challenges give new tries
without end, whether messages are limited, how the session is kept, and what your logs hold.

Ends with 0 if nothing was missed, with 1 if something was, with 2 if nothing could be checked, or not to
the end.
`;
