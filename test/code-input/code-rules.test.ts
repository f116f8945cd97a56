import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cleanCode, reconcileCode } from '../../src/code-input/code-rules.js';

describe('the code in a text', () => {
  it.each([
    ['123456', '123456'],
    ['123 456', '123456'],
    ['123.456', '123456'],
    ['12‑34‑56', '123456'],
    ['G-123456', '123456'],
    ['Your 2FA code is 123 456.', '123456'],
    ['20 123456', '123456'],
    ['Order 12345678, code 123456', '123456'],
    ['On 2024-01-02: 987654', '987654'],
    ['１２３４５６', '123456'],
    ['۱۲۳۴۵۶', '123456'],
    ['𝟏𝟐𝟑𝟒𝟓𝟔', '123456'],
    ['12345678', '123456'],
    ['12', '12'],
    ['no digits', ''],
  ])('%j is %j', (text, code) => expect(cleanCode(text, 6)).toBe(code));

  it('has the length of the field', () => {
    expect(cleanCode('Code 1234, not 123456', 4)).toBe('1234');
    expect(cleanCode('Code 12345678 for 123456', 8)).toBe('12345678');
  });
});

describe('whatever happens to the field', () => {
  const edit = fc.record({
    before: fc.stringMatching(/^\d{0,6}$/),
    after: fc.string({ unit: fc.constantFrom(...Array.from('0123456789 -a٣')), maxLength: 14 }),
    selection: fc.option(fc.tuple(fc.nat(6), fc.nat(6)), { nil: undefined }),
    inputType: fc.constantFrom(
      'insertText',
      'insertFromPaste',
      'deleteContentBackward',
      'deleteContentForward',
      'historyUndo',
      '',
    ),
  });

  it('holds ASCII digits, at most as many as it has slots, and an active slot within them', () => {
    fc.assert(
      fc.property(edit, ({ selection, ...rest }) => {
        const limit = rest.before.length;
        const [a, b] = selection ?? [];
        const range =
          a === undefined || b === undefined
            ? undefined
            : ([Math.min(a, b, limit), Math.min(Math.max(a, b), limit)] as const);
        const { value, active } = reconcileCode({ ...rest, selection: range }, 6);
        expect(value).toMatch(/^\d{0,6}$/);
        expect(active).toBeGreaterThanOrEqual(0);
        expect(active).toBeLessThanOrEqual(Math.min(value.length, 5));
      }),
      { numRuns: 3000 },
    );
  });

  it('takes a whole code whole, wherever it is put', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{0,6}$/),
        fc.stringMatching(/^\d{6}$/),
        fc.nat(6),
        (before, code, at) => {
          const start = Math.min(at, before.length);
          const after = before.slice(0, start) + code + before.slice(start);
          const result = reconcileCode(
            { before, after, selection: [start, start], inputType: 'insertFromPaste' },
            6,
          );
          expect(result).toMatchObject({ value: code, isWhole: true });
        },
      ),
    );
  });
});
