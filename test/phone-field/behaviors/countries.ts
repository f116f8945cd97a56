import { expect } from 'vitest';

import { significant } from '../../field-lab/phone-page.ts';
import { type PhoneBehavior, under } from './rows.ts';

const choosing = under('the country');
const shared = under('countries that share a calling code');
const list = under('the list of countries');

/** `[country chosen, international number, country shown after]` among countries of one calling code. */
const SHARED: [string, string, string][] = [
  ['CA', '+12133734253', 'US'],
  ['US', '+14165550134', 'CA'],
  ['US', '+18762101234', 'JM'],
  ['GG', '+447400123456', 'GB'],
  ['GB', '+447781123456', 'GG'],
  ['GB', '+447797712345', 'JE'],
  ['IM', '+447924123456', 'IM'],
  ['GB', '+447924123456', 'GB'],
  ['KZ', '+79123456789', 'RU'],
  ['RU', '+77710009998', 'KZ'],
  ['AX', '+358412345678', 'AX'],
  ['SJ', '+4741234567', 'SJ'],
  ['CC', '+61412345678', 'CC'],
  ['CX', '+61412345678', 'CX'],
  ['VA', '+393123456789', 'VA'],
  ['EH', '+212650123456', 'EH'],
  ['BL', '+590690001234', 'BL'],
  ['MF', '+590690001234', 'MF'],
  ['RE', '+262639012345', 'YT'],
  ['YT', '+262692123456', 'RE'],
  ['BQ', '+59995181234', 'CW'],
  ['CW', '+5993181234', 'BQ'],
  ['TA', '+29051234', 'SH'],
  ['SH', '+2908999', 'TA'],
];

function sharedPlan([chosen, number, shown]: (typeof SHARED)[number]): PhoneBehavior {
  const verdict = chosen === shown ? `leaves ${chosen} as chosen` : `turns ${chosen} into ${shown}`;
  return shared(`${verdict} for ${number}`, async (field) => {
    const state = await field.tryNumber({ country: chosen }, 'typed', number);
    expect(state).toMatchObject({ e164: number, country: shown });
  });
}

/** `[country chosen, national number, E.164]`, where the number is another country's of the same calling code. */
const NATIONAL: [string, string, string][] = [
  ['GB', '07781123456', '+447781123456'],
  ['US', '4165550134', '+14165550134'],
  ['KZ', '89123456789', '+79123456789'],
];

function nationalInput([chosen, number, e164]: (typeof NATIONAL)[number]): PhoneBehavior {
  return shared(`leaves ${chosen} as chosen for ${number}, which has no calling code`, async (field) => {
    const state = await field.tryNumber({ country: chosen }, 'typed', number);
    expect(state).toMatchObject({ e164, country: chosen });
  });
}

export const countries: PhoneBehavior[] = [
  choosing('follows a calling code that is typed', async (field) => {
    await field.enter({ country: 'US' });
    await field.type('+33612345678');
    await field.leave();
    expect(await field.state()).toMatchObject({ e164: '+33612345678', country: 'FR' });
  }),
  choosing('opens nothing and moves no focus when a + is typed', async (field) => {
    await field.enter({ country: 'US' });
    await field.type('+');
    const roles = ['dialog', 'listbox', 'menu'] as const;
    for (const role of roles) expect(await field.page.getByRole(role).count(), role).toBe(0);
    expect(await field.input.evaluate((input) => input === document.activeElement)).toBe(true);
    await field.type('33612345678');
    expect(significant(await field.text())).toBe('+33612345678');
  }),
  choosing('keeps the digits typed when another country is chosen, and shapes them for it', async (field) => {
    await field.enter({ country: 'US' });
    await field.typeFast('0612345678');
    await field.chooseCountry('FR');
    expect(await field.state()).toMatchObject({ text: '06 12 34 56 78', country: 'FR' });
    await field.leave();
    expect(await field.result()).toMatchObject({ e164: '+33612345678' });
  }),
  choosing(
    'keeps the national digits of an international number when another country is chosen',
    async (field) => {
      await field.enter({ country: 'GB' });
      await field.typeFast('+447400123456');
      await field.chooseCountry('FR');
      await field.leave();
      const { text, country } = await field.state();
      expect(country).toBe('FR');
      expect(significant(text)).toMatch(/^(\+33|0)?7400123456$/);
    },
  ),
  choosing('is the one a person chose, whatever national number follows', async (field) => {
    await field.enter({ country: 'US' });
    await field.chooseCountry('DE');
    await field.comeIn();
    await field.typeFast('2133734253');
    await field.leave();
    expect(await field.country()).toBe('DE');
  }),
  choosing('is the one a person chose after a calling code was deleted again', async (field) => {
    await field.enter({ country: 'US' });
    await field.typeFast('+33');
    await field.press('Control+a', 'Delete');
    await field.chooseCountry('GB');
    await field.comeIn();
    await field.typeFast('07400123456');
    await field.leave();
    expect(await field.state()).toMatchObject({ e164: '+447400123456', country: 'GB' });
  }),
  choosing('is the one a person chose after the field had found another', async (field) => {
    await field.enter({ country: 'GB' });
    await field.typeFast('+12133734253');
    await field.leave();
    expect(await field.country()).toBe('US');
    await field.chooseCountry('CA');
    await field.comeIn();
    await field.leave();
    expect(await field.state()).toMatchObject({ e164: '+12133734253', country: 'CA' });
  }),
  choosing('stays one that is allowed when a number of another is typed', async (field) => {
    await field.enter({ country: 'FR', countries: ['GB', 'FR'] });
    await field.typeFast('+4915123456789');
    await field.leave();
    expect(await field.country()).toBe('FR');
    expect((await field.result()).e164).toBeUndefined();
  }),
  choosing('once changed, gives a new verdict on the number that stands there', async (field) => {
    await field.enter({ country: 'US' });
    await field.typeFast('07400123456');
    await field.leave();
    expect((await field.result()).e164).toBeUndefined();
    await field.chooseCountry('GB');
    await field.ready();
    expect(await field.result()).toMatchObject({ e164: '+447400123456', country: 'GB' });
  }),
  ...SHARED.map((each) => sharedPlan(each)),
  ...NATIONAL.map((each) => nationalInput(each)),
  list('names each country with its calling code', async (field) => {
    await field.mount({ country: 'US' });
    const names = await field.countryNames();
    expect(names.length).toBeGreaterThan(200);
    for (const [name, code] of [
      ['United Kingdom', '+44'],
      ['Brazil', '+55'],
      ['Jamaica', '+1'],
    ] as const) {
      expect(names.find((each) => each.includes(name) && each.includes(code))).toBeDefined();
    }
  }),
  list('stands in the order of names, with Åland among the A', async (field) => {
    await field.mount({ country: 'US' });
    const names = (await field.countryNames()).map((name) => name.replace(/^\P{L}+/u, ''));
    const places = ['Afghanistan', 'Åland', 'Albania', 'Germany', 'Oman', 'Zimbabwe'].map((begin) =>
      names.findIndex((name) => name.startsWith(begin)),
    );
    expect(places[0]).toBeGreaterThanOrEqual(0);
    expect(places).toEqual([...places].sort((one, other) => one - other));
  }),
  list('is found in by typing a name', async (field) => {
    await field.mount({ country: 'US' });
    await field.findCountry('United K');
    expect(await field.country()).toBe('GB');
  }),
  list('is found in by typing a name in the page’s own language', async (field) => {
    await field.mount({ country: 'US', lang: 'de' });
    await field.findCountry('Deutsch');
    expect(await field.country()).toBe('DE');
  }),
  list('holds only the countries that are allowed', async (field) => {
    await field.mount({ country: 'GB', countries: ['GB', 'FR', 'DE'] });
    const names = await field.countryNames();
    expect(names.map((name) => /France|Germany|United Kingdom/.exec(name)?.[0] ?? name).sort()).toEqual([
      'France',
      'Germany',
      'United Kingdom',
    ]);
  }),
  list('is a fixed calling code where only one country is allowed', async (field) => {
    await field.enter({ country: 'GB', countries: ['GB'] });
    expect(await field.page.locator('#root').innerText()).toContain('+44');
    await expect(field.countryNames()).resolves.toEqual([]);
    await field.comeIn();
    await field.typeFast('07400123456');
    await field.leave();
    expect(await field.result()).toMatchObject({ e164: '+447400123456' });
  }),
];
