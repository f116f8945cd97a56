import { BadArguments } from './bad-arguments.js';
import { runCheck } from './run-check.js';
import { USAGE } from './usage.js';

/** What a command needs of the process around it. */
export interface Surroundings {
  write: (text: string) => void;
  /** For what went wrong. */
  complain: (text: string) => void;
  env: Record<string, string | undefined>;
  isTerminal: boolean;
  /** Of the terminal. */
  columns: number | undefined;
}

/** Nothing was missed; something was; nothing could be checked, or not to the end. */
export type ExitCode = 0 | 1 | 2;

/** Runs one command. Never throws: whatever goes wrong ends as a sentence, without a stack and without the cookie. */
export async function runCli(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const [command, ...rest] = args;
  try {
    switch (command) {
      case undefined:
      case 'help':
      case '--help':
      case '-h':
        surroundings.write(USAGE);
        return 0;
      case 'check':
        return await runCheck(rest, surroundings);
      default:
        throw new BadArguments(
          `There is no command ${JSON.stringify(command)}. The one there is: npx mfa-kit check <url>.`,
        );
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : 'Something went wrong.';
    // Looked for here, since the arguments themselves may be what went wrong.
    if (rest.includes('--json')) surroundings.write(`${JSON.stringify({ error: message }, null, 2)}\n`);
    surroundings.complain(`${message}\n`);
    if (error instanceof BadArguments) {
      surroundings.complain('npx mfa-kit check --help shows what there is.\n');
    }
    return 2;
  }
}
