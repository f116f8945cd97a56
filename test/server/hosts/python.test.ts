// @vitest-environment node
import path from 'node:path';
import { describe } from 'vitest';

import { at } from './host.ts';
import { servesTheContract } from './serves-the-contract.ts';

describe('the Python host', () => {
  servesTheContract({
    command: 'python3',
    args: ['-B', at('test/server/hosts/sdk/python/serve.py')],
    environment: {
      PYTHONPATH: [at('test/server/hosts/sdk/python'), at('examples/hosts/python')].join(path.delimiter),
    },
  });
});
