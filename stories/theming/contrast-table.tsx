import { contrastRatio, type Rgb } from './color.js';
import type { Mode } from './theme-preview.js';

export type Palette = Record<Mode, ReadonlyMap<string, Rgb>>;

interface Pair {
  front: string;
  back: string;
  /** WCAG 2.2: 4.5 for text (1.4.3), 3 for what tells a control or its focus apart (1.4.11). */
  least: 4.5 | 3;
}

const pair = (front: string, back: string, least: Pair['least'] = 4.5): Pair => ({ front, back, least });

/** The pairs that stand on each other somewhere in the kit. */
const PAIRS: readonly Pair[] = [
  pair('text', 'surface'),
  pair('text', 'subtle'),
  pair('muted', 'surface'),
  pair('muted', 'subtle'),
  pair('on-accent', 'accent'),
  pair('on-accent', 'accent-hover'),
  pair('accent', 'surface'),
  pair('accent', 'subtle'),
  pair('danger', 'surface'),
  pair('danger', 'danger-subtle'),
  pair('success', 'surface'),
  pair('control', 'surface', 3),
  pair('focus', 'surface', 3),
];

const variable = (name: string) => `--mfa-color-${name}`;

/** The contrast of a palette's pairs, with a warning where it is too low. */
export function ContrastTable({ palette }: { palette: Palette | undefined }) {
  return (
    // A region that scrolls has to be reached by the keyboard, and named.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="kit-scroll" role="region" aria-label="Contrast" tabIndex={0}>
      <table className="kit-table">
        <thead>
          <tr>
            <th scope="col">Contrast of</th>
            <th scope="col">At least</th>
            <th scope="col">Light</th>
            <th scope="col">Dark</th>
          </tr>
        </thead>
        <tbody>
          {PAIRS.map((item) => (
            <tr key={`${item.front} ${item.back}`}>
              <th scope="row">
                <code>{item.front}</code> on <code>{item.back}</code>
              </th>
              <td>{item.least}</td>
              <td>
                <Ratio pair={item} colors={palette?.light} />
              </td>
              <td>
                <Ratio pair={item} colors={palette?.dark} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Ratio({ pair: { front, back, least }, colors }: { pair: Pair; colors: Palette[Mode] | undefined }) {
  const [one, other] = [colors?.get(variable(front)), colors?.get(variable(back))];
  if (!one || !other) return '…';
  const ratio = contrastRatio(one, other);
  // Cut, not rounded: 4.49 is not 4.5.
  const text = (Math.floor(ratio * 10) / 10).toFixed(1);
  return ratio < least ? <strong className="kit-low">{text} is too low</strong> : text;
}
