import { Screen, Themed } from './theme-preview.js';
import { THEMES } from './themes.js';

/** The finished themes beside each other, light and dark. */
export function ThemeGallery() {
  return (
    <div className="kit-page kit-gallery sb-unstyled">
      {THEMES.map(({ name, title, purpose }) => (
        <section key={name}>
          <h3>{title}</h3>
          <p>
            {purpose} {name !== 'default' && <code>examples/themes/{name}.css</code>}
          </p>
          <div className="kit-panes">
            {(['light', 'dark'] as const).map((mode) => (
              <Themed key={mode} theme={name} mode={mode}>
                <Screen name="Phone" />
              </Themed>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
