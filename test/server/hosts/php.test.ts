// @vitest-environment node
import { describe } from 'vitest';

import { at } from './host.ts';
import { servesTheContract } from './serves-the-contract.ts';

describe('the PHP host', () => {
  servesTheContract({ command: process.execPath, args: [at('test/server/hosts/sdk/php/serve.mjs')] });
});
