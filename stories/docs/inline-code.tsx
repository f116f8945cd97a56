/** Text whose parts between backticks are code. */
export function InlineCode({ text }: { text: string }) {
  // Every other part stands between two of them.
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}
