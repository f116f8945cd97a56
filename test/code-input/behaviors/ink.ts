import { decode } from 'fast-png';

import type { CodePage } from '../../field-lab/code-page.ts';

/** Where a slot has something drawn in it, in pixels from its left and top edges. */
export interface Ink {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Pixels at a slot's edges that are not looked at: a border is no ink, nor is the rounding of a corner. */
export const EDGE = 4;
const CONTRAST = 64;

type Colour = readonly number[];
const differs = (one: Colour, other: Colour) =>
  one.some((part, index) => Math.abs(part - (other[index] ?? 0)) > CONTRAST);

export async function inkInSlots(field: CodePage): Promise<(Ink | undefined)[]> {
  const { data, width, channels } = decode(await field.page.screenshot({ caret: 'initial' }));
  const colour = (x: number, y: number) => {
    const at = (y * width + x) * channels;
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0] as const;
  };
  return (await field.slotBoxes()).map((box) => {
    const [left, top] = [Math.ceil(box.x + EDGE), Math.ceil(box.y + EDGE)];
    const [right, bottom] = [Math.floor(box.x + box.width - EDGE), Math.floor(box.y + box.height - EDGE)];
    const middle = Math.round(box.y + box.height / 2);
    const ground = colour(left, middle);
    const isCorner = (x: number, y: number) =>
      Math.min(x - box.x, box.x + box.width - x) < box.width / 4 &&
      Math.min(y - box.y, box.y + box.height - y) < box.height / 4;
    let ink: Ink | undefined;
    for (let y = top; y < bottom; y += 1)
      for (let x = left; x < right; x += 1) {
        if (isCorner(x, y) || !differs(colour(x, y), ground)) continue;
        const [fromLeft, fromTop] = [x - box.x, y - box.y];
        ink = {
          left: Math.min(ink?.left ?? fromLeft, fromLeft),
          right: Math.max(ink?.right ?? 0, fromLeft + 1),
          top: Math.min(ink?.top ?? fromTop, fromTop),
          bottom: Math.max(ink?.bottom ?? 0, fromTop + 1),
        };
      }
    return ink;
  });
}

/** By how many pixels more than two each slot's digit stands left or right of the slot's middle. */
export async function inkOffCentre(field: CodePage): Promise<(number | undefined)[]> {
  const boxes = await field.slotBoxes();
  return (await inkInSlots(field)).map((ink, slot) => {
    if (!ink) return undefined;
    const off = (ink.left + ink.right) / 2 - (boxes[slot]?.width ?? 0) / 2;
    return Math.abs(off) <= 2 ? 0 : Math.round(off);
  });
}

export function differingPixels(one: Uint8Array, other: Uint8Array): number {
  const [a, b] = [decode(one), decode(other)];
  let differing = 0;
  for (let at = 0; at < a.data.length; at += a.channels)
    if ([0, 1, 2].some((part) => Math.abs((a.data[at + part] ?? 0) - (b.data[at + part] ?? 0)) > 24))
      differing += 1;
  return differing;
}
