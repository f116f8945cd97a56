import { convertIndexedToRgb, decode, encode } from 'fast-png';

/** Pixels as red, green, blue and alpha, a byte each. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Colors are kept to 6 bits: what is left out is less than what fonts differ by from system to system. */
const STEP = 4;
const PALETTE = 256;

/** At half its size, each pixel the mean of four. That is what baselines keep, a few kB each. */
export function shrink({ width: fullWidth, height: fullHeight, data: full }: Picture): Picture {
  const width = fullWidth >> 1;
  const height = fullHeight >> 1;
  const data = new Uint8Array(width * height * 4).fill(255);
  const at = (offset: number) => full[offset] ?? 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        const above = (2 * y * fullWidth + 2 * x) * 4 + channel;
        const below = above + fullWidth * 4;
        const mean = (at(above) + at(above + 4) + at(below) + at(below + 4)) / 4;
        data[(y * width + x) * 4 + channel] = Math.min(255, Math.round(mean / STEP) * STEP);
      }
    }
  }
  return { width, height, data };
}

/** Without a loss; with a palette wherever 256 colors are enough, which halves the file. */
export function toPng(picture: Picture): Uint8Array {
  const { width, height, data } = picture;
  const zlib = { level: 9 } as const;
  const colors = colorsByCount(picture);
  if (colors.length > PALETTE) {
    const rgb = data.filter((_, at) => at % 4 < 3);
    return encode({ width, height, data: rgb, channels: 3, depth: 8 }, { zlib });
  }
  const ranks = new Map(colors.map((color, rank) => [color, rank]));
  const indexed = new Uint8Array(width * height);
  forEachRun(picture, (color, start, end) => indexed.fill(ranks.get(color) ?? 0, start, end));
  const palette = colors.map(channelsOf);
  return encode({ width, height, data: indexed, channels: 1, depth: 8, palette }, { zlib });
}

/** In 256 colors: the rare ones become the nearest of the others. */
export function withFewColors(picture: Picture): Picture {
  const colors = colorsByCount(picture);
  const palette = colors.slice(0, PALETTE);
  const kept = new Map(
    colors.map((color, rank) => [color, rank < PALETTE ? color : nearest(color, palette)]),
  );
  const data = new Uint32Array(picture.width * picture.height);
  forEachRun(picture, (color, start, end) => data.fill(kept.get(color) ?? 0, start, end));
  return { ...picture, data: new Uint8Array(data.buffer) };
}

function colorsByCount(picture: Picture): number[] {
  const counts = new Map<number, number>();
  forEachRun(picture, (color, start, end) => counts.set(color, (counts.get(color) ?? 0) + end - start));
  return [...counts]
    .sort(([left, often], [right, seldom]) => seldom - often || left - right)
    .map(([color]) => color);
}

/** Pixels of one color in a row, which most of a screen consists of, at once. */
function forEachRun(
  { width, height, data }: Picture,
  take: (color: number, start: number, end: number) => void,
): void {
  const colors = new Uint32Array(data.buffer, data.byteOffset, width * height);
  for (let start = 0, end = 1; start < colors.length; start = end, end += 1) {
    while (end < colors.length && colors[end] === colors[start]) end += 1;
    take(colors[start] ?? 0, start, end);
  }
}

/** A screenshot, or what `toPng` wrote. */
export function fromPng(png: Uint8Array): Picture {
  const image = decode(png);
  const { width, height } = image;
  const from = image.palette ? convertIndexedToRgb(image) : image.data;
  const channels = image.palette ? 3 : image.channels;
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1)
    for (let channel = 0; channel < 3; channel += 1)
      data[pixel * 4 + channel] = from[pixel * channels + channel] ?? 0;
  return { width, height, data };
}

/** A pixel read as one number has its red lowest. */
const channelsOf = (color: number): [number, number, number] => [
  color & 255,
  (color >> 8) & 255,
  (color >> 16) & 255,
];

function nearest(color: number, palette: readonly number[]): number {
  const [red, green, blue] = channelsOf(color);
  const distance = (other: number) => {
    const [otherRed, otherGreen, otherBlue] = channelsOf(other);
    return (red - otherRed) ** 2 + (green - otherGreen) ** 2 + (blue - otherBlue) ** 2;
  };
  return palette.reduce((best, other) => (distance(other) < distance(best) ? other : best), palette[0] ?? 0);
}
