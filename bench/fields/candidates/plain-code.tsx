import type { CodeCandidate } from '../../../test/field-lab/code-host.tsx';

/** What a page costs without any field of a library: the other costs are read against it. */
const candidate: CodeCandidate = {
  Field: ({ id, label, length, onValueChange, onComplete }) => (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        onChange={({ target: { value } }) => {
          onValueChange(value);
          if (value.length === length) onComplete(value);
        }}
      />
    </>
  ),
  read: (root) => ({ value: root.querySelector('input')?.value ?? '', active: -1 }),
  slots: () => [],
};

export default candidate;
