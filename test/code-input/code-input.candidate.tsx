import '../../src/styles/index.css';
import { CodeInput } from 'mfa-kit';

import type { CodeCandidate } from '../field-lab/code-host.tsx';

const candidate: CodeCandidate = {
  Field: ({ label, ...props }) => (
    <>
      <label htmlFor={props.id}>{label}</label>
      <CodeInput {...props} />
    </>
  ),
  read: (root) => ({
    value: root.querySelector<HTMLInputElement>('.mfa-code-control')?.value ?? '',
    active: [...root.querySelectorAll('.mfa-code-slot')].findIndex((slot) => slot.matches('[data-active]')),
  }),
  slots: (root) => [...root.querySelectorAll('.mfa-code-slot')],
};

export default candidate;
