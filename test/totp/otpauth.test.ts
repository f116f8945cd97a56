import { describe, expect, it } from 'vitest';

import { groupSecret, isKeyUri } from '../../src/totp/otpauth.js';
import { isPngDataUri } from '../../src/totp/png-data-uri.js';

const SECRET = 'NAGCCFS3EYRB422HNAKAKY3XDUORMSRF';

describe('a key URI becomes a link', () => {
  it.each([
    `otpauth://totp/FooCorp:alan@example.com?secret=${SECRET}&issuer=FooCorp`,
    `otpauth://totp/Foo%20Corp:alan?issuer=Foo&secret=${SECRET.toLowerCase()}`,
    `otpauth://totp/x?secret=${SECRET}%3D%3D%3D`,
  ])('%s', (uri) => expect(isKeyUri(uri, SECRET)).toBe(true));
});

describe('anything else does not', () => {
  it.each([
    ['another scheme', `javascript:alert(1)//totp/x?secret=${SECRET}`],
    ['a web page', `https://totp/x?secret=${SECRET}`],
    ['another kind of code', `otpauth://hotp/x?secret=${SECRET}`],
    ['somebody else’s secret', 'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP'],
    ['two secrets', `otpauth://totp/x?secret=${SECRET}&secret=JBSWY3DPEHPK3PXP`],
    ['no secret', 'otpauth://totp/x?issuer=Foo'],
    ['a blank in front', ` otpauth://totp/x?secret=${SECRET}`],
    ['a line break', `otpauth://totp/x\n?secret=${SECRET}`],
    ['a migration link', 'otpauth-migration://offline?data=x'],
    ['nothing', ''],
  ])('%s', (_what, uri) => expect(isKeyUri(uri, SECRET)).toBe(false));
});

it('groups a key in fours, as people read it out', () => {
  expect(groupSecret('nagc cfs3-eyrb42==')).toEqual(['NAGC', 'CFS3', 'EYRB', '42']);
});

describe('a picture is shown only if it is a PNG in the answer itself', () => {
  const png = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==';
  it.each([
    ['a PNG', png, true],
    ['nothing', '', false],
    ['a script', 'javascript:alert(1)', false],
    ['HTML', 'data:text/html;base64,PGI+', false],
    ['an SVG', 'data:image/svg+xml;base64,PHN2Zz4=', false],
    ['a remote picture', 'https://evil.example/qr.png', false],
    ['a PNG by its label only', 'data:image/png;base64,PHN2Zz4=', false],
    ['a PNG without base64', 'data:image/png,iVBORw0KGgo', false],
    ['characters that are not base64', `${png}"><b>`, false],
    ['more than 200 kB', png.replace(/=+$/, '') + 'A'.repeat(300_000), false],
  ])('%s', (_what, uri, expected) => expect(isPngDataUri(uri)).toBe(expected));
});
