import { describe, expect, it } from 'vitest';

import { compare } from './compare-pictures.ts';
import { fromPng, type Picture, shrink, toPng, withFewColors } from './small-picture.ts';

type Color = readonly [number, number, number];

const WHITE: Color = [255, 255, 255];
const INK: Color = [24, 24, 32];
const SOFT_INK: Color = [136, 136, 144];

/** A card with a field in it, some lines of "text" below, and a button. */
function screen({
  border = [208, 208, 216],
  accent = [64, 72, 216],
  shift = 0,
  lines = 3,
  isSoft = false,
}: {
  border?: Color;
  accent?: Color;
  shift?: number;
  lines?: number;
  isSoft?: boolean;
} = {}): Picture {
  const picture: Picture = { width: 280, height: 200, data: new Uint8Array(280 * 200 * 4).fill(255) };
  const fill = (left: number, top: number, width: number, height: number, color: Color) => {
    for (let y = top; y < top + height; y += 1)
      for (let x = left; x < left + width; x += 1) picture.data.set(color, (y * picture.width + x) * 4);
  };
  fill(40, 20, 200, 24, border);
  fill(41, 21, 198, 22, WHITE);
  for (let line = 0; line < lines; line += 1) {
    // Strokes of letters: sharp, or some of them between two pixels.
    for (let letter = 0; letter < 40; letter += 1) {
      const isBetween = isSoft && letter % 3 === 0;
      fill(40 + letter * 5, 60 + line * 12, isBetween ? 2 : 1, 5, isBetween ? SOFT_INK : INK);
    }
  }
  fill(40, 120 + shift, 200, 22, accent);
  return picture;
}

describe('comparing two pictures of a story', () => {
  it('sees no difference in the same', () => {
    expect(compare(screen(), screen())).toBeUndefined();
  });

  it('forgives letters that are drawn between two pixels', () => {
    expect(compare(screen({ isSoft: true }), screen())).toBeUndefined();
  });

  it.each([
    ['a border of another color', screen({ border: [176, 176, 192] })],
    ['another accent', screen({ accent: [48, 104, 216] })],
    ['a missing line of text', screen({ lines: 2 })],
    ['a button 4 px further down', screen({ shift: 2 })],
  ])('sees %s', (_what, changed) => {
    expect(compare(changed, screen())).toMatchObject({ what: expect.any(String), where: { width: 280 } });
  });

  it('says how much higher it has become, but for a rounding', () => {
    const { width, height, data } = screen();
    const lower = (by: number) => ({
      width,
      height: height - by,
      data: data.subarray(0, (height - by) * width * 4),
    });
    expect(compare(screen(), lower(1))).toBeUndefined();
    expect(compare(screen(), lower(4))).toEqual({ what: '8 px higher than before' });
    expect(compare(lower(4), screen())).toEqual({ what: '8 px lower than before' });
  });
});

describe('a small picture', () => {
  it('has the mean of four pixels in each', () => {
    const data = Uint8Array.from([0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 255, 255, 0, 0, 255]);
    expect([...shrink({ width: 2, height: 2, data }).data]).toEqual([192, 64, 64, 255]);
  });

  it('comes back from its file as it was', () => {
    const picture = screen();
    const back = fromPng(toPng(picture));
    expect(Buffer.from(back.data).equals(picture.data)).toBe(true);
    expect(back).toMatchObject({ width: 280, height: 200 });
  });

  it('loses nothing where there are too many colors for a palette', () => {
    expect(Buffer.from(fromPng(toPng(colorful)).data).equals(colorful.data)).toBe(true);
  });

  it('takes the nearest color where it is to have few', () => {
    const { data } = withFewColors(colorful);
    expect(new Set(new Uint32Array(data.buffer))).toHaveProperty('size', 256);
    const off = data.map((value, at) => Math.abs(value - (colorful.data[at] ?? 0)));
    expect(Math.max(...off)).toBeLessThanOrEqual(8);
  });
});

/** 150 reds twice, and once with some blue. */
const colorful: Picture = {
  width: 450,
  height: 1,
  data: Uint8Array.from(Array.from({ length: 450 }, (_, at) => [at % 150, 0, at < 300 ? 0 : 8, 255]).flat()),
};
