// @vitest-environment node
import { expect, it } from 'vitest';

import { codeBlocks, complaintsOf } from '../docs/compile.js';

it('every code block of the README compiles', () => {
  const blocks = codeBlocks('README.md');
  expect(blocks.size).toBeGreaterThan(3);
  expect(complaintsOf(blocks)).toBe('');
});
