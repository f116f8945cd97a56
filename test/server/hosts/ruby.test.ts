// @vitest-environment node
import { describe } from 'vitest';

import { at } from './host.ts';
import { servesTheContract } from './serves-the-contract.ts';

describe('the Ruby host', () => {
  servesTheContract({
    command: 'ruby',
    args: ['-I', at('test/server/hosts/sdk/ruby'), at('test/server/hosts/sdk/ruby/serve.rb')],
  });
});
