/** Texts that some database takes for equal, or makes equal. */
export const LOOK_ALIKES: readonly (readonly [string, string])[] = [
  ['ada', 'Ada'], // collations that ignore case
  ['ada', 'ada '], // char(n), and comparisons that pad
  [' ada', 'ada'], // trimmed
  ['ada', 'ada\n'],
  ['ad\u00e9', 'ade'], // collations that ignore accents
  ['\u00e9', 'e\u0301'], // composed and decomposed
  ['stra\u00dfe', 'strasse'],
  ['\uff11', '1'], // full width
  ['\u0131', 'i'], // dotless
  ['ab', 'a\u200bb'], // collations that ignore what has no width
  ['1', '1.0'], // read as numbers
  ['1', '01'],
  ['true', '1'],
  ['{"a":1,"b":2}', '{"b":2,"a":1}'], // read as JSON
  ['{"a":1}', '{"a": 1}'],
  ['null', ''],
  ['a_a', 'aba'], // LIKE
  ['a%', 'ab'],
  ['a*', 'ab'], // KEYS
  ['a\\', 'a\\\\'],
  ["a'", "a''"],
  ['\u{1f600}', '\u{1f601}'], // cut to three bytes, or replaced
  ['\ufffd', '?'],
];

/** Characters that many a database cannot hold: a store may refuse them, and must not take them for others. */
export const UNSTORABLE: readonly (readonly [string, string])[] = [
  ['a\0b', 'ab'],
  ['a\0b', 'a'],
  ['a\0', 'a\\0'],
  ['\ud800', '\ud801'],
  ['\udc00', '\ufffd'],
  ['\ud800', '\\ud800'],
  ['\ud800', '\\d800'],
];
