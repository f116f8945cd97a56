/** sRGB, 0 to 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** WCAG 2.2, "relative luminance". */
function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number]; // a tuple in, a tuple out, which `map` does not know
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, "contrast ratio": 1 to 21. */
export function contrastRatio(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]; // of two, two
  return (high + 0.05) / (low + 0.05);
}

export const toHex = (color: Rgb): string =>
  `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;

/**
 * What variables come to in an element, whatever they are written in (`oklch()`, `color-mix()`, `var()`); a color that
 * lets something through, as it looks on `backdrop`.
 */
export function resolveColors(
  element: HTMLElement,
  names: readonly string[],
  backdrop = '--mfa-color-surface',
): ReadonlyMap<string, Rgb> {
  const probe = element.appendChild(document.createElement('span'));
  probe.hidden = true;
  const computed = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const ground = computed(backdrop);
  const colors = new Map(names.map((name) => [name, paint([ground, computed(name)])]));
  probe.remove();
  return colors;
}

let canvas: OffscreenCanvasRenderingContext2D | null | undefined;

/** The color of layers on each other, as the browser mixes them. */
function paint(layers: readonly string[]): Rgb {
  canvas ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (!canvas) return [0, 0, 0];
  for (const layer of layers) {
    canvas.fillStyle = layer;
    canvas.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}
