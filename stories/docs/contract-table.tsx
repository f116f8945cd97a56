import readme from '../../README.md?raw';
import '../theming/theming.css';
import { InlineCode } from './inline-code.js';

/** The README's table of the contract, so that there is one. */
export function ContractTable() {
  const [, section = ''] = readme.split('## The HTTP contract');
  const [table = ''] = /^\|[\s\S]*?(?=\n\n)/m.exec(section) ?? [];
  const [head = [], _rule, ...rows] = table.split('\n').map(cellsOf);
  return (
    // A region that scrolls has to be reached by the keyboard, and named.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="kit-page kit-scroll sb-unstyled" role="region" aria-label="Calls" tabIndex={0}>
      <table className="kit-table kit-wide">
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([call = '', ...cells]) => (
            <tr key={call}>
              <th scope="row">
                <InlineCode text={call} />
              </th>
              {cells.map((cell, index) => (
                <td key={index}>
                  <InlineCode text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const cellsOf = (row: string) =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
