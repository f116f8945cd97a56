import type { Rgb } from './color.js';
import { toHex } from './color.js';
import type { Palette } from './contrast-table.js';
import type { Mode } from './theme-preview.js';
import { joinLightDark, readLength, splitLightDark, type Token } from './read-tokens.js';

export interface TokenControlProps {
  token: Token;
  /** The value of the moment. */
  value: string;
  isChanged: boolean;
  palette: Palette | undefined;
  onChange: (value: string) => void;
}

/** One variable, to be changed: two colors, a length, or free text. */
export function TokenControl(props: TokenControlProps) {
  const { token, isChanged } = props;
  const length = readLength(props.value);
  const kind = token.kind === 'color' ? 'color' : token.kind === 'length' && length ? 'length' : 'text';
  return (
    <div className="kit-control" data-kind={kind}>
      <code title={token.description} data-changed={isChanged || undefined}>
        {token.name}
      </code>
      {kind === 'color' ? (
        <span className="kit-colors">
          <ColorInput {...props} mode="light" />
          <ColorInput {...props} mode="dark" />
        </span>
      ) : kind === 'length' && length ? (
        <LengthInput {...props} length={length} />
      ) : (
        <input
          type="text"
          aria-label={token.name}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </div>
  );
}

const BLACK: Rgb = [0, 0, 0];

function ColorInput({ token, value, palette, mode, onChange }: TokenControlProps & { mode: Mode }) {
  return (
    <input
      type="color"
      aria-label={`${token.name}, ${mode}`}
      value={toHex(palette?.[mode].get(token.name) ?? BLACK)}
      onChange={(event) => onChange(joinLightDark({ ...splitLightDark(value), [mode]: event.target.value }))}
    />
  );
}

/** In steps that are whole pixels at the browser's usual text size. */
const STEPS: Record<string, number> = { rem: 1 / 16, px: 1, ms: 20 };

function LengthInput(props: TokenControlProps & { length: { amount: number; unit: string } }) {
  const { token, value, length, onChange } = props;
  const { amount, unit } = length;
  const usual = readLength(token.value)?.amount ?? amount;
  // The unit of all distances is itself a fraction of a step.
  const step = usual < 0.5 && unit === 'rem' ? 1 / 80 : (STEPS[unit] ?? 1);
  return (
    <span className="kit-length">
      <input
        type="range"
        aria-label={token.name}
        aria-valuetext={value}
        min={0}
        max={Math.max(usual, amount) * 2}
        step={step}
        value={amount}
        onChange={(event) => onChange(`${Number(event.target.valueAsNumber.toFixed(4))}${unit}`)}
      />
      <output>{value}</output>
    </span>
  );
}
