import { useId, useLayoutEffect, useRef, useState } from 'react';

import { changedCss } from './changed-css.js';
import { resolveColors } from './color.js';
import { ContrastTable, type Palette } from './contrast-table.js';
import { type Mode, Screen, type ScreenName, SCREENS, Themed } from './theme-preview.js';
import { type ThemeName, THEMES, themeValues } from './themes.js';
import { TokenControl } from './token-control.js';
import { type Token } from './read-tokens.js';
import { TOKENS } from './tokens.js';

const MODES: readonly Mode[] = ['light', 'dark'];
const COLORS = TOKENS.filter(({ kind }) => kind === 'color').map(({ name }) => name);

const GROUPS: readonly [title: string, tokens: readonly Token[]][] = [
  ['Colours, light and dark', TOKENS.filter(({ kind }) => kind === 'color')],
  ['Type', TOKENS.filter(({ name }) => name.startsWith('--mfa-font'))],
  [
    'Size, focus, motion',
    TOKENS.filter(({ kind, name }) => kind !== 'color' && !name.startsWith('--mfa-font')),
  ],
];

/** All variables to be changed, and what they come to: real screens, the contrast, the CSS to copy. */
export function ThemeEditor({ start = 'default' }: { start?: ThemeName }) {
  const [theme, setTheme] = useState<ThemeName>(start);
  const [screen, setScreen] = useState<ScreenName>(SCREENS[0]);
  const [changes, setChanges] = useState<Readonly<Record<string, string>>>({});
  const { cards, palette } = usePalette(theme, changes);
  const values = themeValues(theme);

  return (
    <div className="kit-page sb-unstyled">
      <div className="kit-editor">
        <div className="kit-bar">
          <label>
            Start from
            <select
              value={theme}
              onChange={(event) => {
                setTheme(event.target.value as ThemeName); // which the options are
                setChanges({});
              }}
            >
              {THEMES.map(({ name, title }) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
            </select>
          </label>
          <ScreenChoice chosen={screen} onChoose={setScreen} />
        </div>

        <div className="kit-panes">
          {MODES.map((mode) => (
            <Themed key={mode} theme={theme} mode={mode} changes={changes} cardRef={cards[mode]}>
              <Screen name={screen} />
            </Themed>
          ))}
        </div>

        <div className="kit-controls">
          {GROUPS.map(([title, tokens]) => (
            <fieldset key={title} className="kit-group">
              <legend>{title}</legend>
              {tokens.map((token) => (
                <TokenControl
                  key={token.name}
                  token={token}
                  value={changes[token.name] ?? values.get(token.name) ?? token.value}
                  isChanged={token.name in changes}
                  palette={palette}
                  onChange={(value) => setChanges((former) => ({ ...former, [token.name]: value }))}
                />
              ))}
            </fieldset>
          ))}
        </div>

        <Result css={changedCss(theme, changes)} onReset={() => setChanges({})} />
        <ContrastTable palette={palette} />
      </div>
    </div>
  );
}

function ScreenChoice(props: { chosen: ScreenName; onChoose: (screen: ScreenName) => void }) {
  const group = useId();
  return (
    <fieldset className="kit-choice">
      <legend>Look at</legend>
      {SCREENS.map((name) => (
        <label key={name}>
          <input
            type="radio"
            name={group}
            checked={name === props.chosen}
            onChange={() => props.onChoose(name)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

/** The CSS of what was changed, to be copied or dropped. */
function Result({ css, onReset }: { css: string; onReset: () => void }) {
  const [copied, setCopied] = useState<string>();
  return (
    <section className="kit-result" aria-label="Your changes">
      <pre className="kit-code">{css || '/* Nothing is changed yet. */'}</pre>
      <div className="kit-bar">
        <button
          type="button"
          disabled={css === ''}
          onClick={() => void navigator.clipboard.writeText(css).then(() => setCopied(css))}
        >
          Copy CSS
        </button>
        <button type="button" disabled={css === ''} onClick={onReset}>
          Reset
        </button>
        <span role="status">{css !== '' && copied === css && 'Copied.'}</span>
      </div>
    </section>
  );
}

/** What the colors come to in the two cards, read from the cards themselves. */
function usePalette(theme: ThemeName, changes: Readonly<Record<string, string>>) {
  const light = useRef<HTMLDivElement>(null);
  const dark = useRef<HTMLDivElement>(null);
  const [palette, setPalette] = useState<Palette>();
  useLayoutEffect(() => {
    if (!light.current || !dark.current) return;
    setPalette({ light: resolveColors(light.current, COLORS), dark: resolveColors(dark.current, COLORS) });
    // They are what the cards' colors come from.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [theme, changes]);
  return { cards: { light, dark }, palette };
}
