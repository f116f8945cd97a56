#!/usr/bin/env node
import { runCli } from './run-cli.js';

// Set, and not `process.exit`, which would cut off what a pipe has not taken yet.
process.exitCode = await runCli(process.argv.slice(2), {
  write: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  env: process.env,
  isTerminal: process.stdout.isTTY,
  columns: process.stdout.columns,
});
