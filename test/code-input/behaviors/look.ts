import { expect } from 'vitest';

import { expectShown, under } from './rows.ts';
import { differingPixels, EDGE, inkInSlots, inkOffCentre } from './ink.ts';

const look = under('look');

const NARROW = [
  ['at 320 px', { length: 6 }, 100],
  ['at 320 px with text twice as large', { length: 6 }, 200],
  ['at 320 px with ten digits', { length: 10 }, 100],
] as const;

export const lookBehaviors = [
  look('draws each digit in the middle of its slot', async (field) => {
    await field.mount({ initial: '888888' });
    expect(await inkOffCentre(field)).toEqual([0, 0, 0, 0, 0, 0]);
  }),
  look('keeps the digits in their slots while it is full and focused', async (field) => {
    await field.enter();
    await field.type('888888');
    expect((await inkOffCentre(field)).slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
  }),
  look('draws nothing in a slot that is empty', async (field) => {
    await field.mount({ initial: '88' });
    const drawn = (await inkInSlots(field)).map((ink) => ink !== undefined);
    expect(drawn).toEqual([true, true, false, false, false, false]);
  }),
  look('shows that it has the focus', async (field) => {
    await field.mount();
    const away = await field.picture();
    await field.press('Tab', 'Tab');
    expect(differingPixels(away, await field.picture())).toBeGreaterThan(150);
  }),
  look('shows which slot is the active one', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Home');
    const atFirst = [await field.picture(0), await field.picture(3)] as const;
    await field.press('ArrowRight', 'ArrowRight', 'ArrowRight');
    expect(differingPixels(atFirst[0], await field.picture(0))).toBeGreaterThan(60);
    expect(differingPixels(atFirst[1], await field.picture(3))).toBeGreaterThan(60);
  }),
  ...NARROW.map(([where, options, percent]) =>
    look(`clips nothing ${where}`, async (field) => {
      await field.page.setViewportSize({ width: 320, height: 600 });
      await field.page.evaluate((size) => (document.documentElement.style.fontSize = `${size}%`), percent);
      await field.mount({ ...options, initial: '8'.repeat(options.length) });
      const boxes = await field.slotBoxes();
      const right = Math.max(...boxes.map(({ x, width }) => x + width));
      expect(right).toBeLessThanOrEqual(320);
      expect(await field.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      for (const [slot, ink] of (await inkInSlots(field)).entries()) {
        const { height, width } = boxes[slot] ?? { height: 0, width: 0 };
        if (!ink) throw new Error(`Slot ${slot} shows no digit.`);
        expect(ink.top).toBeGreaterThan(2);
        expect(ink.bottom).toBeLessThan(height - 2);
        expect(ink.left).toBeGreaterThan(EDGE);
        expect(ink.right).toBeLessThan(width - EDGE);
      }
    }),
  ),
  look('runs from left to right on a page that runs from right to left', async (field) => {
    await field.enter({ dir: 'rtl' });
    await field.type('88');
    await field.press('Tab');
    const lefts = (await field.slotBoxes()).map(({ x }) => x);
    expect(lefts).toEqual(lefts.toSorted((one, other) => one - other));
    const drawn = (await inkInSlots(field)).map((ink) => ink !== undefined);
    expect(drawn).toEqual([true, true, false, false, false, false]);
    await field.pressSlot(0);
    await field.press('9', 'ArrowRight', '5');
    await expectShown(field, '985', 3);
  }),
  look('moves nothing while it is typed in', async (field) => {
    await field.enter();
    const before = await field.layout();
    await field.type('123456');
    expect(await field.layout()).toEqual(before);
    await field.press('Backspace', 'Tab');
    expect(await field.layout()).toEqual(before);
  }),
  look('leaves room where password managers put their badge', async (field) => {
    await field.enter();
    const boxes = await field.slotBoxes();
    const right = Math.max(...boxes.map(({ x, width }) => x + width));
    expect((await field.inputBox()).right - right).toBeGreaterThanOrEqual(24);
  }),
  look('draws the same digits once in forced colours', async (field) => {
    await field.mount({ initial: '8888' });
    const usual = await inkInSlots(field);
    await field.page.emulateMedia({ forcedColors: 'active' });
    await field.settle();
    const forced = await inkInSlots(field);
    expect(forced.map((ink) => ink !== undefined)).toEqual([true, true, true, true, false, false]);
    for (const [slot, ink] of forced.entries()) {
      const width = (box: typeof ink) => (box ? box.right - box.left : 0);
      expect(Math.abs(width(ink) - width(usual[slot]))).toBeLessThanOrEqual(2);
    }
  }),
  look('shows in forced colours that it has the focus', async (field) => {
    await field.page.emulateMedia({ forcedColors: 'active' });
    await field.mount({ initial: '12' });
    const away = await field.picture();
    await field.press('Tab', 'Tab');
    expect(differingPixels(away, await field.picture())).toBeGreaterThan(150);
  }),
  look('has slots that a thumb can hit, and text that no phone zooms into', async (field) => {
    await field.enter();
    const boxes = await field.slotBoxes();
    expect(Math.min(...boxes.map(({ height }) => height))).toBeGreaterThanOrEqual(44);
    expect((await field.inputBox()).fontSize).toBeGreaterThanOrEqual(16);
  }),
];
