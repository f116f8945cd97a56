import { expect } from 'vitest';

import type { Behavior } from '../field-lab/behavior.ts';
import type { CodePage } from '../field-lab/code-page.ts';

/** What a field for a one-time code has to do. */
export const codeBehaviors: Behavior<CodePage>[] = [
  {
    about: 'typing',
    title: 'takes the six digits, reports each once and the whole code once',
    async run(field) {
      await field.enter();
      await field.type('123456');
      expect(await field.state()).toMatchObject({
        value: '123456',
        changes: ['1', '12', '123', '1234', '12345', '123456'],
        completions: ['123456'],
      });
    },
  },
];
