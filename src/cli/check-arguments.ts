import { parseArgs } from 'node:util';

import type { CheckProxyOptions } from '../testing/check-proxy/check-proxy.js';
import { BadArguments } from './bad-arguments.js';

const OPTIONS = {
  cookie: { type: 'string' },
  'other-cookie': { type: 'string' },
  header: { type: 'string', multiple: true },
  'other-header': { type: 'string', multiple: true },
  origin: { type: 'string' },
  phone: { type: 'string' },
  'no-sms': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export type CheckArguments = { help: true } | { help: false; json: boolean; options: CheckProxyOptions };

/** @throws {BadArguments} */
export function readCheckArguments(
  args: readonly string[],
  env: Record<string, string | undefined>,
): CheckArguments {
  const { values, positionals } = parse(args);
  if (values.help) return { help: true };
  const [url, ...strays] = positionals;
  if (url === undefined) throw new BadArguments('The address of the proxy is missing.');
  // One of them may be the cookie, written without its option.
  if (strays.length > 0) {
    throw new BadArguments(
      'There is more than one address. A value with blanks in it, such as a cookie, needs quotes.',
    );
  }

  const cookie = values.cookie ?? env.MFA_KIT_COOKIE;
  const otherCookie = values['other-cookie'] ?? env.MFA_KIT_OTHER_COOKIE;
  const headers = readHeaders('--header', values.header);
  const otherHeaders = readHeaders('--other-header', values['other-header']);
  if (!cookie && values.header === undefined) {
    throw new BadArguments(
      'The session of a test user is missing. Give --cookie, or --header where your app sends a token.',
    );
  }
  if (values.phone !== undefined && !/^\+[1-9]\d{6,14}$/.test(values.phone)) {
    throw new BadArguments('--phone wants a number as +15005550006: a plus, the calling code, digits only.');
  }
  const hasOther = Boolean(otherCookie) || values['other-header'] !== undefined;
  return {
    help: false,
    json: values.json ?? false,
    options: {
      url,
      cookie,
      headers,
      ...(hasOther && { other: { cookie: otherCookie, headers: otherHeaders } }),
      origin: values.origin,
      phoneNumber: values['no-sms'] ? null : values.phone,
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // Its own sentence may quote a value, and a value may be the cookie.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const name = args.map((arg) => arg.split('=', 1)[0] ?? '').find(isUnknown);
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && name !== undefined) {
      throw new BadArguments(`There is no option ${name}.`);
    }
    throw new BadArguments('An option has no value, or one that it does not take. Write --option=value.');
  }
}

const isUnknown = (name: string) =>
  /^--?\w/.test(name) && name !== '-h' && !Object.hasOwn(OPTIONS, name.replace(/^--/, ''));

function readHeaders(option: string, lines: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^([\w!#$%&'*+.^`|~-]+)\s*:\s*(.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) {
        throw new BadArguments(`${option} wants 'Name: value', in quotes.`);
      }
      return [name, value];
    }),
  );
}
