// @vitest-environment node
import { describe } from 'vitest';

import { at } from './host.ts';
import { servesTheContract } from './serves-the-contract.ts';

// Half a gigabyte of tools: `node test/tools/host-toolchains.mjs all` installs them and runs this too.
describe.runIf(process.env.HOST_TESTS === 'all')('the Go host', () => {
  servesTheContract({ command: process.execPath, args: [at('test/server/hosts/sdk/go/build.mjs')] });
});
