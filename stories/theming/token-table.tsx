import './theming.css';
import { splitLightDark } from './read-tokens.js';
import { TOKENS } from './tokens.js';

/** Every `--mfa-*` variable as the kit's style sheet has it. */
export function TokenTable() {
  return (
    // A region that scrolls has to be reached by the keyboard, and named.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="kit-page kit-scroll sb-unstyled" role="region" aria-label="Variables" tabIndex={0}>
      <table className="kit-table kit-wide">
        <thead>
          <tr>
            <th scope="col">Variable</th>
            <th scope="col">For</th>
            <th scope="col">Light</th>
            <th scope="col">Dark</th>
          </tr>
        </thead>
        <tbody>
          {TOKENS.map(({ name, description, value, kind }) => {
            const { light, dark } = splitLightDark(value);
            const isColor = kind === 'color';
            return (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>{description}</td>
                <td colSpan={light === dark ? 2 : 1}>
                  <Value text={light} isColor={isColor} />
                </td>
                {light !== dark && (
                  <td>
                    <Value text={dark} isColor={isColor} />
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Value({ text, isColor }: { text: string; isColor: boolean }) {
  return (
    <span className="kit-value">
      {isColor && <span className="kit-swatch" style={{ background: text }} />}
      <code>{text}</code>
    </span>
  );
}
