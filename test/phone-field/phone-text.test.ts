// @vitest-environment node
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createPhoneFormatter } from '../../src/phone-field/format-phone-text.js';
import * as engine from '../../src/phone-field/phone-engine.js';
import { interpretPhoneNumber } from '../../src/phone-field/phone-rules.js';
import { cutPhoneText, extractPhoneText, regroup, significant } from '../../src/phone-field/phone-text.js';

const country = fc.constantFrom(...engine.getCountries(engine.metadata));
/** What people type and paste: mostly digits, in any script, with anything between them. */
const text = fc.string({
  unit: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }).map(String) },
    { weight: 1, arbitrary: fc.constantFrom(...Array.from('+ ()-./·٣۴५７＋\u200e\u00a0ax')) },
  ),
  maxLength: 22,
});
/** A text with a place in it. */
const place = fc.tuple(text, fc.nat(22)).map(([all, at]) => ({ text: all, caret: Math.min(at, all.length) }));

const runs = { numRuns: 3000 };

describe('the groups of a number', () => {
  it('take no digit away, add none and change none', () => {
    fc.assert(
      fc.property(text, country, (typed, chosen) => {
        const formatted = createPhoneFormatter(chosen, engine).format(typed);
        expect(significant(formatted)).toBe(significant(typed));
        if (/[a-z]/.test(typed)) expect(formatted).toBe(typed); // no number, so nothing to group
      }),
      runs,
    );
  });

  it('are what they are: grouping them again changes nothing', () => {
    fc.assert(
      fc.property(text, country, (typed, chosen) => {
        const once = createPhoneFormatter(chosen, engine).format(typed);
        expect(createPhoneFormatter(chosen, engine).format(once)).toBe(once);
      }),
      runs,
    );
  });

  it('do not depend on what was typed before', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), country, (texts, chosen) => {
        const formatter = createPhoneFormatter(chosen, engine);
        const last = texts.map((each) => formatter.format(each)).at(-1);
        expect(last).toBe(createPhoneFormatter(chosen, engine).format(texts.at(-1) ?? ''));
      }),
      runs,
    );
  });

  it('leave the caret behind the same digits', () => {
    fc.assert(
      fc.property(place, country, (before, chosen) => {
        const after = regroup(before, createPhoneFormatter(chosen, engine).format(before.text));
        expect(significant(after.text.slice(0, after.caret))).toBe(
          significant(before.text.slice(0, before.caret)),
        );
      }),
      runs,
    );
  });
});

describe('deleting', () => {
  it('takes what was chosen, and one digit where that was only punctuation', () => {
    fc.assert(
      fc.property(place, fc.nat(4), fc.boolean(), ({ text: all, caret }, width, isForward) => {
        const end = Math.min(all.length, caret + width);
        const chosen = significant(all.slice(caret, end));
        const left = cutPhoneText(all, caret, end, isForward);
        const gone = significant(all).length - significant(left.text).length;
        if (chosen.length > 0) expect(gone).toBe(chosen.length);
        else expect(gone).toBeLessThanOrEqual(1);
        expect(significant(all.slice(0, caret))).toContain(significant(left.text.slice(0, left.caret)));
      }),
      runs,
    );
  });
});

describe('whatever is typed or pasted', () => {
  it('is found in a pasted text once: a second look changes nothing', () => {
    fc.assert(
      fc.property(text, (pasted) => {
        const once = extractPhoneText(pasted);
        expect(extractPhoneText(once)).toBe(once);
      }),
      runs,
    );
  });

  it('makes the number that its groups make, too', () => {
    fc.assert(
      fc.property(text, country, (typed, chosen) => {
        const formatted = createPhoneFormatter(chosen, engine).format(typed);
        const rules = { country: chosen };
        const [asTyped, asShown] = [typed, formatted].map((each) =>
          interpretPhoneNumber(each, rules, engine),
        );
        if (asShown?.ok || asTyped?.ok) expect(asShown).toEqual(asTyped);
      }),
      runs,
    );
  });
});
