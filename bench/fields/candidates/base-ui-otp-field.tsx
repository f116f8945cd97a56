import './code-boxes.css';
import { OTPField } from '@base-ui/react/otp-field';

import type { CodeCandidate } from '../../../test/field-lab/code-host.tsx';
import { tellForm } from './form-register.ts';

const inputs = (root: HTMLElement) => [...root.querySelectorAll<HTMLInputElement>('.code-box')];

const candidate: CodeCandidate = {
  Field: ({
    label,
    length,
    autoFocus,
    onValueChange,
    onComplete,
    onChange,
    ref: _ref,
    'aria-invalid': invalid,
    ...props
  }) => (
    <>
      <label htmlFor={props.id}>{label}</label>
      <OTPField.Root
        {...props}
        length={length}
        className="code-boxes"
        onValueChange={(value) => {
          onValueChange(value);
          tellForm(onChange, props.name, value);
        }}
        onValueComplete={onComplete}
      >
        {Array.from({ length }, (_, slot) => (
          <OTPField.Input
            key={slot}
            className="code-box"
            aria-invalid={invalid}
            aria-label={slot === 0 ? undefined : `Character ${slot + 1} of ${length}`}
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus={slot === 0 && autoFocus}
          />
        ))}
      </OTPField.Root>
    </>
  ),
  read: (root) => ({
    value: inputs(root)
      .map((input) => input.value)
      .join(''),
    active: inputs(root).findIndex((input) => input === document.activeElement),
  }),
  slots: inputs,
};

export default candidate;
