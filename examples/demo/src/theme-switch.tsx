import { useState } from 'react';

import { applyTheme, readTheme, type Theme, THEMES } from './theme.ts';

const LABELS: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };

export function ThemeSwitch() {
  const [theme, setTheme] = useState(readTheme);
  return (
    <fieldset className="theme-switch">
      <legend className="visually-hidden">Theme</legend>
      {THEMES.map((each) => (
        <label key={each} className="theme-option">
          <input
            className="theme-radio"
            type="radio"
            name="theme"
            checked={theme === each}
            onChange={() => {
              applyTheme(each);
              setTheme(each);
            }}
          />
          {LABELS[each]}
        </label>
      ))}
    </fieldset>
  );
}
