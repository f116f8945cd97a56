import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cleanCode, placeCode, reconcileCode } from '../../src/code-input/code-rules.js';

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

describe('what comes in', () => {
  it.each([
    ['a digit takes the place of the chosen one', ['1234', 1, 2], '9', [1, 2, '9']],
    ['a digit in front of another overwrites it', ['1234', 1, 1], '9', [1, 2, '9']],
    ['a digit behind the last is added', ['1234', 4, 4], '9', [4, 4, '9']],
    ['a digit behind a full code overwrites its last', ['123456', 6, 6], '9', [5, 6, '9']],
    ['some digits overwrite as many', ['123456', 1, 2], '8 9', [1, 3, '89']],
    ['some digits overwrite all that was selected', ['123456', 1, 5], '89', [1, 5, '89']],
    ['what has no place left is cut off', ['123456', 4, 5], '789', [4, 6, '78']],
    ['a whole code replaces everything', ['12', 1, 1], 'G-987654', [0, 2, '987654']],
  ] as const)('%s', (_title, [value, start, end], text, [from, to, code]) => {
    expect(placeCode({ value, start, end }, text, 6)).toEqual({ start: from, end: to, code });
  });

  it('has no place without a digit', () => {
    expect(placeCode({ value: '12', start: 1, end: 2 }, 'abc', 6)).toBeUndefined();
  });
});

describe('whatever happens to the field', () => {
  const state = fc
    .record({ value: fc.stringMatching(/^\d{0,6}$/), ends: fc.tuple(fc.nat(6), fc.nat(6)) })
    .map(({ value, ends }) => {
      const [start = 0, end = 0] = ends.map((at) => Math.min(at, value.length)).sort((a, b) => a - b);
      return { value, start, end };
    });
  const text = fc.string({ unit: fc.constantFrom(...Array.from('0123456789 -a٣')), maxLength: 14 });

  it('holds ASCII digits, at most as many as it has slots, and the caret among them', () => {
    fc.assert(
      fc.property(state, text, (before, after) => {
        const { value, caret } = reconcileCode(before, after, 6);
        expect(value).toMatch(/^\d{0,6}$/);
        expect(caret).toBeGreaterThanOrEqual(0);
        expect(caret).toBeLessThanOrEqual(value.length);
      }),
      { numRuns: 5000 },
    );
  });

  it('is put right once: a second look changes nothing', () => {
    fc.assert(
      fc.property(state, text, (before, typed) => {
        const after = before.value.slice(0, before.start) + typed + before.value.slice(before.end);
        const { value } = reconcileCode(before, after, 6);
        expect(
          reconcileCode({ value: before.value, start: 0, end: before.value.length }, value, 6).value,
        ).toBe(value);
      }),
      { numRuns: 5000 },
    );
  });

  it('comes to the same whether an edit is put right beforehand or afterwards', () => {
    fc.assert(
      fc.property(state, text, (before, typed) => {
        const edit = placeCode(before, typed, 6);
        const beforehand = edit
          ? before.value.slice(0, edit.start) + edit.code + before.value.slice(edit.end)
          : before.value;
        const after = before.value.slice(0, before.start) + typed + before.value.slice(before.end);
        if (typed !== '') expect(reconcileCode(before, after, 6).value).toBe(beforehand);
      }),
      { numRuns: 5000 },
    );
  });

  it('takes a whole code whole, wherever it is put', () => {
    fc.assert(
      fc.property(state, fc.stringMatching(/^\d{6}$/), (before, code) => {
        const after = before.value.slice(0, before.start) + code + before.value.slice(before.end);
        expect(reconcileCode(before, after, 6)).toMatchObject({ value: code, isWhole: true });
      }),
    );
  });
});
