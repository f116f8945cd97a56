import { describe, expect, it } from 'vitest';

import { pseudoLocale } from '../../.storybook/pseudo-locale.js';
import en from '../../src/messages/en.js';

/** Every text of a catalogue by its path, such as `code.attemptsRemaining.one`. */
function textsOf(part: object, above = ''): [path: string, text: string][] {
  return Object.entries(part).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[above + name, value]] : textsOf(value, `${above}${name}.`),
  );
}

const placesIn = (text: string) => text.match(/\{\w+\}/g) ?? [];

const pseudo = new Map(textsOf(pseudoLocale(en)));
const texts = textsOf(en).filter(([path]) => path !== 'locale');

describe('the pseudo-language', () => {
  it('has a language tag that plurals and names of countries understand', () => {
    expect(pseudo.get('locale')).toBe('en-XA');
    expect(new Intl.PluralRules('en-XA').select(1)).toBe('one');
  });

  it('leaves no text as it was, and shows where each one ends', () => {
    for (const [path, text] of texts) {
      expect(pseudo.get(path), path).toMatch(/^\[.+\]$/s);
      expect(pseudo.get(path), path).not.toContain(text);
    }
  });

  it('keeps every place for a value', () => {
    for (const [path, text] of texts) expect(placesIn(pseudo.get(path) ?? ''), path).toEqual(placesIn(text));
    expect(pseudo.get('actions.tryAgainIn')).toMatch(/ \{time\}\]$/);
  });

  it('puts an accent on every letter outside of those places', () => {
    const plain = texts.filter(([path]) =>
      /[a-z]/i.test((pseudo.get(path) ?? 'x').replaceAll(/\{\w+\}/g, '')),
    );
    expect(plain).toEqual([]);
  });

  it('is about 40 % longer', () => {
    const count = (list: Iterable<string>) => [...list].join('').replaceAll(/\{\w+\}/g, '').length;
    const ratio = count(texts.map(([path]) => pseudo.get(path) ?? '')) / count(texts.map(([, text]) => text));
    expect(ratio).toBeGreaterThan(1.35);
    expect(ratio).toBeLessThan(1.55);
  });

  it('leaves the catalogue it was made from alone', () => {
    const before = structuredClone(en);
    pseudoLocale(en);
    expect(en).toEqual(before);
  });
});
