import { checkProxy } from '../testing/check-proxy/check-proxy.js';
import { formatReport } from '../testing/check-proxy/format-report.js';
import { readCheckArguments } from './check-arguments.js';
import type { ExitCode, Surroundings } from './run-cli.js';
import { CHECK_USAGE } from './usage.js';

/** `npx mfa-kit check <url>`: prints the report. */
export async function runCheck(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { write, env, isTerminal, columns } = surroundings;
  const wanted = readCheckArguments(args, env);
  if (wanted.help) {
    write(CHECK_USAGE);
    return 0;
  }
  const report = await checkProxy(wanted.options);
  const color = isTerminal && !env.NO_COLOR; // https://no-color.org
  write(
    wanted.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report, { color, width: columns }),
  );
  if (report.error !== undefined) return 2;
  return report.rows.some(({ outcome }) => outcome === 'missed') ? 1 : 0;
}
