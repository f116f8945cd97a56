import { type PhoneCandidate, readInput } from '../../../test/field-lab/phone-host.tsx';

/** What a page costs without any field of a library: the other costs are read against it. */
const candidate: PhoneCandidate = {
  Field: ({ id, label, onResult }) => (
    <>
      <label htmlFor={id}>{label}</label>
      <input id={id} type="tel" onChange={() => onResult({})} />
    </>
  ),
  read: (root) => ({ ...readInput(root), country: undefined }),
};

export default candidate;
