// @vitest-environment node
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

import { codeBlocks, complaintsOf } from './compile.js';

const STORIES = path.resolve(import.meta.dirname, '../../stories');

it('every code block of the docs pages compiles', () => {
  const pages = readdirSync(STORIES, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.mdx'),
  );
  const blocks = new Map(pages.flatMap((page) => [...codeBlocks(path.posix.join('stories', page))]));
  expect(blocks.size).toBeGreaterThan(10);
  expect(complaintsOf(blocks)).toBe('');
});
