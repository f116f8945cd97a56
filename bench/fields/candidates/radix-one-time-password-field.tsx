import './code-boxes.css';
import * as OneTimePasswordField from '@radix-ui/react-one-time-password-field';

import type { CodeCandidate } from '../../../test/field-lab/code-host.tsx';
import { tellForm } from './form-register.ts';

const inputs = (root: HTMLElement) => [...root.querySelectorAll<HTMLInputElement>('.code-box')];

const candidate: CodeCandidate = {
  Field: ({
    id,
    label,
    length,
    required,
    onValueChange,
    onComplete,
    onChange,
    ref: _ref,
    'aria-invalid': invalid,
    ...props
  }) => (
    <>
      <label id={`${id}-label`} htmlFor={id}>
        {label}
      </label>
      <OneTimePasswordField.Root
        {...props}
        className="code-boxes"
        aria-labelledby={`${id}-label`}
        onValueChange={(value) => {
          onValueChange(value);
          tellForm(onChange, props.name, value);
          // It has no event of its own for that, but with `autoSubmit`.
          if (value.length === length) onComplete(value);
        }}
      >
        {Array.from({ length }, (_, slot) => (
          <OneTimePasswordField.Input
            key={slot}
            index={slot}
            id={slot === 0 ? id : undefined}
            className="code-box"
            required={required}
            aria-invalid={invalid}
          />
        ))}
        <OneTimePasswordField.HiddenInput />
      </OneTimePasswordField.Root>
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
