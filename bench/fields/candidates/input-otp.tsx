import './input-otp.css';
import { OTPInput, REGEXP_ONLY_DIGITS } from 'input-otp';
import type { FormEventHandler } from 'react';

import type { CodeCandidate } from '../../../test/field-lab/code-host.tsx';

const boxes = (root: HTMLElement) => [...root.querySelectorAll('.code-box')];

const candidate: CodeCandidate = {
  Field: ({ label, length, onValueChange, onChange, ...props }) => (
    <>
      <label htmlFor={props.id}>{label}</label>
      <OTPInput
        {...props}
        maxLength={length}
        pattern={REGEXP_ONLY_DIGITS}
        pasteTransformer={(pasted) => pasted.replace(/\D/g, '')}
        onChange={onValueChange}
        onInput={onChange as FormEventHandler<HTMLInputElement> | undefined}
        render={({ slots }) => (
          <div className="code-boxes">
            {slots.map(({ char, placeholderChar, isActive, hasFakeCaret }, slot) => (
              // oxlint-disable-next-line react/no-array-index-key
              <div key={slot} className="code-box" data-active={isActive || undefined}>
                {char ?? placeholderChar}
                {hasFakeCaret && <span className="otp-caret" />}
              </div>
            ))}
          </div>
        )}
      />
    </>
  ),
  read: (root) => ({
    value: root.querySelector<HTMLInputElement>('[data-input-otp]')?.value ?? '',
    active: boxes(root).findIndex((box) => box.matches('[data-active]')),
  }),
  slots: boxes,
};

export default candidate;
