import '../theming/theming.css';
import en from '../../src/messages/en.js';

/** Every message with its English words, by the path under which one replaces it. */
export function MessageTable() {
  const { locale: _tag, ...groups } = en;
  return (
    <div className="kit-page sb-unstyled">
      {Object.entries(groups).map(([group, messages]) => (
        <table key={group} className="kit-table">
          <caption>
            <code>{group}</code>
          </caption>
          <thead>
            <tr>
              <th scope="col">Message</th>
              <th scope="col">In English</th>
            </tr>
          </thead>
          <tbody>
            {textsOf(messages).map(([path, text]) => (
              <tr key={path}>
                <th scope="row">
                  <code>{path}</code>
                </th>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

/** The texts in a part of the catalogue, however deep, each with its path. */
function textsOf(messages: object, above = ''): [path: string, text: string][] {
  return Object.entries(messages).flatMap(([key, value]: [string, unknown]) => {
    const path = above ? `${above}.${key}` : key;
    return typeof value === 'object' && value !== null ? textsOf(value, path) : [[path, String(value)]];
  });
}
