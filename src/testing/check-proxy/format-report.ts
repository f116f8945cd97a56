import type { ProxyReport } from './check-proxy.js';
import type { CheckOutcome, ProxyCheck } from './findings.js';

export interface FormatReportOptions {
  /** Whether to color it, for a terminal that does. Default: no. */
  color?: boolean | undefined;
  /** Columns of the terminal; on a narrow one the details stand below their rows. Default: 110. */
  width?: number | undefined;
}

const WORDS: Record<CheckOutcome, string> = {
  passed: 'passed',
  missed: 'MISSED',
  advised: 'advised',
  not_checked: 'not checked',
};
/** ANSI, "Select Graphic Rendition". */
const COLORS: Record<CheckOutcome, number> = { passed: 32, missed: 31, advised: 33, not_checked: 2 };
const BOLD = 1;

/** The report as a table of text: every row, and what was seen of those that were not passed. */
export function formatReport(report: ProxyReport, options: FormatReportOptions = {}): string {
  const { color = false, width = 110 } = options;
  const paint = (text: string, style: number) => (color ? `\u001B[${style}m${text}\u001B[0m` : text);
  const { rows } = report;
  const first = widest(Object.values(WORDS));
  const second = widest(rows.map(({ name }) => name));
  const indent = 2 + first + 2 + second + 2;
  const isWide = width >= indent + 40;

  // One reason for dozens of rows is read once.
  const shown = (detail: string) => (detail === report.error ? 'The check had ended: see below.' : detail);
  const lineOf = ({ name, outcome, ...row }: ProxyCheck): string[] => {
    const detail = shown(row.detail);
    const word = paint(WORDS[outcome].padEnd(first), COLORS[outcome]);
    if (outcome === 'passed') return [`  ${word}  ${name}`];
    const [start = '', ...rest] = isWide ? wrap(detail, width - indent) : ['', ...wrap(detail, width - 4)];
    return [
      `  ${word}  ${name.padEnd(second)}  ${start}`.trimEnd(),
      ...rest.map((line) => ' '.repeat(isWide ? indent : 4) + line),
    ];
  };
  const lines = rows.flatMap((row, index) => [
    ...(row.group === rows[index - 1]?.group ? [] : ['', paint(row.group, BOLD)]),
    ...lineOf(row),
  ]);
  const last = [
    summary(report),
    ...(report.error === undefined ? [] : ['', report.error]),
    ...whatIsLeft(report),
  ];
  const footer = last.flatMap((line) => (line.startsWith(' ') ? [line] : wrap(line, width)));
  return [`The MFA proxy at ${report.url}`, ...lines, '', ...footer, ''].join('\n');
}

/** Ids are shown here alone: whoever has to remove the factors has to find them. */
function whatIsLeft({ left = [] }: ProxyReport): string[] {
  if (left.length === 0) return [];
  const isOneVerified = left.some(({ status }) => status === 'verified');
  return [
    '',
    'Left behind:',
    ...left.map(({ id, status, of }) => `  ${id}, ${status}${of === 'other' ? ', of the second user' : ''}`),
    'Remove them at WorkOS and from your table. With the kit’s own handler, pending ones are gone after 15 minutes.',
    ...(isOneVerified
      ? [
          'A verified one asks the test user for codes that nobody can make any more: with the kit’s own handler, call forgetUser(store, userId) of mfa-kit/server.',
        ]
      : []),
  ];
}

function summary({ rows, requests }: ProxyReport): string {
  // Cast: `WORDS` has each outcome for a key, and nothing else.
  const counts = (Object.keys(WORDS) as CheckOutcome[])
    .map((outcome) => ({ outcome, count: rows.filter((row) => row.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${count} ${WORDS[outcome].toLowerCase()}`);
  return `${counts.join(', ')}; ${requests} requests.`;
}

const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length));

/** What is wanted begins a line. Breaks at blanks; a word longer than a line stays whole. */
function wrap(text: string, width: number): string[] {
  return text.split(/ (?=Wanted: )/).flatMap((sentence) => wrapSentence(sentence, width));
}

function wrapSentence(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
