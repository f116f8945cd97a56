// @vitest-environment node
import { createPostgresStore } from 'mfa-kit/server';
import { storeChecks } from 'mfa-kit/testing';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const PAGE = readFileSync(path.resolve(import.meta.dirname, '../../stories/docs/stores.mdx'), 'utf8');

describe('the page about stores', () => {
  it('has the schema of the PostgreSQL store, for migrations of the host’s own', () => {
    const { schema } = createPostgresStore({ query: async () => ({ rows: [] }) });
    const blocks = [...PAGE.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql]) => sql);
    expect(blocks).toEqual([schema]);
  });

  it('quotes what checkStore says', () => {
    expect(PAGE).toContain(`does not keep 1 of ${storeChecks.length} promises.`);
    expect(storeChecks.map(({ title }) => title)).toContain(/^- (.+?): swap/m.exec(PAGE)?.[1]);
  });
});
