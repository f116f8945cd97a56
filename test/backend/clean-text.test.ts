import { describe, expect, it } from 'vitest';

import { cleanText } from '../../src/backend/clean-text.js';

describe('server text cannot disturb the sentence it stands in', () => {
  it.each([
    ['turn it round', 'Foo\u202egro.live\u202c', 'Foogro.live'],
    ['isolate', '\u2066Foo\u2069 \u2067Corp\u2068', 'Foo Corp'],
    ['mark directions', '\u200eFoo\u200f\u061c', 'Foo'],
    ['embed', '\u202aFoo\u202bCorp\u202d', 'FooCorp'],
    ['control', 'Fo\0o\u0007\u001b[31m\u007f\u0085', 'Foo[31m'],
    ['break lines', 'Foo\r\n\u2028\u2029Corp', 'FooCorp'],
    ['join and hide', 'F\u200bo\u200co\u200d\u2060\ufeff\u00ad', 'Foo'],
    ['hide a message in tags', 'Foo\u{e0041}\u{e0042}\u{e007f}', 'Foo'],
    ['fill with nothing', '\u3164\u115f\u1160\uffa0\u034f', ''],
    ['annotate', '\ufff9Foo\ufffa\ufffb', 'Foo'],
    ['vary', 'Foo\ufe0f\u{e0100}', 'Foo'],
    ['stand alone', 'Foo\ud83d \udd8a', 'Foo'],
    ['stand around', ' \tFoo Corp\u00a0 ', 'Foo Corp'],
  ])('with characters that %s', (_what, text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  it.each([
    'Foo Corp',
    'Zoë & Söhne GmbH',
    '株式会社フー',
    'شركة فو',
    'חברת פו',
    'ห้างฟู',
    'Foo 🦊',
    '+15005550006',
    '•••• 0006',
  ])('and keeps its letters: %s', (text) => expect(cleanText(text)).toBe(text));

  it('and stays text, whatever it looks like', () => {
    expect(cleanText('<img src=x onerror=alert(1)>&amp;')).toBe('<img src=x onerror=alert(1)>&amp;');
  });
});

describe('server text is at most 64 characters long', () => {
  it.each([
    ['64 letters', 'x'.repeat(64), 'x'.repeat(64)],
    ['65 letters', 'x'.repeat(65), `${'x'.repeat(63)}…`],
    ['64 foxes', '🦊'.repeat(64), '🦊'.repeat(64)],
    ['65 foxes', '🦊'.repeat(65), `${'🦊'.repeat(63)}…`],
    ['letters behind many unseen ones', `${'\u200b'.repeat(500)}Foo`, 'Foo'],
  ])('%s', (_what, text, expected) => expect(cleanText(text)).toBe(expected));

  it('without ever splitting a character', () => {
    for (let before = 0; before < 4; before += 1) {
      const text = cleanText('x'.repeat(before) + '🦊'.repeat(5000));
      expect(text).not.toMatch(/\p{Cs}/u);
      expect(Array.from(text)).toHaveLength(64);
    }
  });

  it('however long it was', () => {
    expect(cleanText('\u202e'.repeat(1e6))).toBe('');
  });
});
