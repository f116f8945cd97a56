import pixelmatch from 'pixelmatch';

import type { Picture } from './small-picture.ts';

export interface Difference {
  /** For people: `40 px higher than before`. */
  what: string;
  /** Where it is, in red. None where the sizes differ. */
  where?: Picture;
}

// Measured: what a browser without subpixel positioning draws differs by lines of up to 35 px and, blurred, by 6 px.
// The color of a border differs by lines of 100 px and more; text that is missing, or 4 px off, by 50 px and more, blurred.

/** As pixelmatch counts it, 0 to 1, and in pixels of a small picture. */
const LINE = { threshold: 0.02, forgiven: 40 };
const AREA = { threshold: 0.05, forgiven: 12, radius: 3 };

/**
 * What a person would see that is not as it was; `undefined` where only the edges of letters are drawn differently. Those
 * are small and random: they make no straight line, and a blur takes them away.
 */
export function compare(actual: Picture, expected: Picture): Difference | undefined {
  if (actual.width !== expected.width) {
    return { what: `${2 * actual.width} px wide, and was ${2 * expected.width} px` };
  }
  const higher = actual.height - expected.height;
  if (Math.abs(higher) > 1) {
    return { what: `${2 * Math.abs(higher)} px ${higher > 0 ? 'higher' : 'lower'} than before` };
  }
  const height = Math.min(actual.height, expected.height);
  const [left, right] = [cut(actual, height), cut(expected, height)];
  if (Buffer.compare(left.data, right.data) === 0) return undefined;

  const sharp = difference(left, right, LINE.threshold);
  const line = longestLine(sharp.where);
  if (line > LINE.forgiven) {
    return {
      what: `something straight, ${2 * line} px long, has another color or place`,
      where: sharp.where,
    };
  }
  const soft = difference(blur(left, AREA.radius), blur(right, AREA.radius), AREA.threshold);
  if (soft.pixels > AREA.forgiven) {
    return { what: `${4 * soft.pixels} px of its area look different`, where: soft.where };
  }
  return undefined;
}

const cut = ({ width, data }: Picture, height: number): Picture => ({
  width,
  height,
  data: data.subarray(0, width * height * 4),
});

function difference(left: Picture, right: Picture, threshold: number) {
  const { width, height } = left;
  const where = { width, height, data: new Uint8Array(width * height * 4) };
  const pixels = pixelmatch(left.data, right.data, where.data, width, height, {
    threshold,
    includeAA: true,
    diffMask: true,
  });
  return { pixels, where };
}

/** The most pixels beside or below one another that differ. */
function longestLine({ width, height, data }: Picture): number {
  let longest = 0;
  const follow = (outer: number, inner: number, offset: (line: number, at: number) => number) => {
    for (let line = 0; line < outer; line += 1) {
      let length = 0;
      for (let at = 0; at < inner; at += 1) {
        length = data[offset(line, at) * 4 + 3] ? length + 1 : 0;
        longest = Math.max(longest, length);
      }
    }
  };
  follow(height, width, (y, x) => y * width + x);
  follow(width, height, (x, y) => y * width + x);
  return longest;
}

/** The mean of the square around each pixel. */
function blur(picture: Picture, radius: number): Picture {
  const { width, height } = picture;
  const sideways = new Float32Array(picture.data.length);
  const data = new Uint8Array(picture.data.length).fill(255);
  for (let y = 0; y < height; y += 1)
    blurLine(picture.data, sideways, { start: y * width * 4, step: 4, length: width, radius });
  for (let x = 0; x < width; x += 1)
    blurLine(sideways, data, { start: x * 4, step: width * 4, length: height, radius });
  return { width, height, data };
}

/** A running mean: what enters the window is added, what leaves it is taken off. The first and last pixel go on for ever. */
function blurLine(
  from: ArrayLike<number>,
  to: Float32Array | Uint8Array,
  { start, step, length, radius }: { start: number; step: number; length: number; radius: number },
): void {
  for (let channel = 0; channel < 3; channel += 1) {
    const at = (index: number) =>
      from[start + channel + Math.min(length - 1, Math.max(0, index)) * step] ?? 0;
    let sum = 0;
    for (let index = -radius; index <= radius; index += 1) sum += at(index);
    for (let index = 0; index < length; index += 1) {
      to[start + channel + index * step] = sum / (2 * radius + 1);
      sum += at(index + radius + 1) - at(index - radius);
    }
  }
}
