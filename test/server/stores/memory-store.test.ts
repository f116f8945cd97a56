// @vitest-environment node
import { createMemoryStore } from 'mfa-kit/server';
import { describe, expect, it } from 'vitest';

import { itIsAStore } from './conformance.js';

describe('the memory store', () => {
  itIsAStore(() => [createMemoryStore()]);

  it('forgets what has expired, so that it does not grow for ever', async () => {
    const store = createMemoryStore();
    await store.swap({ key: 'old', from: null, to: 'a', at: 0, expiresAt: 1_000 });
    await store.swap({ key: 'never', from: null, to: 'a', at: 0, expiresAt: null });
    for (let step = 0; step < 600; step += 1) {
      await store.swap({ key: `new ${step}`, from: null, to: 'a', at: 1_000, expiresAt: 9_000 });
    }
    expect(await store.read('old')).toBeNull();
    expect(await store.read('never')).toBe('a');
    expect(await store.read('new 0')).toBe('a');
  });
});
