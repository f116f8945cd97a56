import '../theming/theming.css';
// oxlint-disable-next-line import/default -- the source as text, not what it exports
import source from '../../src/backend/mfa-error.ts?raw';
import { InlineCode } from './inline-code.js';

/** Every code with what it means: the comments beside the type. */
export function ErrorTable() {
  const codes = [...source.matchAll(/^ {2}\| '(\w+)';? \/\/ (.*)$/gm)];
  return (
    <div className="kit-page sb-unstyled">
      <table className="kit-table">
        <thead>
          <tr>
            <th scope="col">
              <code>code</code>
            </th>
            <th scope="col">What it means</th>
          </tr>
        </thead>
        <tbody>
          {codes.map(([, code, meaning = '']) => (
            <tr key={code}>
              <th scope="row">
                <code>{code}</code>
              </th>
              <td>
                <InlineCode text={meaning} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
