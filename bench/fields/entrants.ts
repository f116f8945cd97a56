import path from 'node:path';

import type { Candidate } from '../../test/field-lab/serve.ts';

export interface Entrant extends Candidate {
  /** What a user writes to have the field: its weight is measured by it. Paths are as seen from `bench/`. */
  code: string;
  /** The stylesheets that its documentation has a user import. */
  css: string[];
}

const TEST = path.resolve(import.meta.dirname, '../../test');
const candidate = (file: string) => path.join(import.meta.dirname, 'candidates', file);

/** Ours comes first in every table. */
export const codeEntrants: Entrant[] = [
  {
    name: 'mfa-kit',
    entry: path.join(TEST, 'code-input/code-input.candidate.tsx'),
    code: `import { CodeInput } from '../src/index.ts'; console.log(CodeInput);`,
    css: ['../src/styles/index.css'],
  },
  {
    name: 'input-otp',
    entry: candidate('input-otp.tsx'),
    code: `import { OTPInput, REGEXP_ONLY_DIGITS } from 'input-otp'; console.log(OTPInput, REGEXP_ONLY_DIGITS);`,
    css: [],
  },
  {
    name: 'Base UI',
    entry: candidate('base-ui-otp-field.tsx'),
    code: `import { OTPField } from '@base-ui/react/otp-field'; console.log(OTPField.Root, OTPField.Input);`,
    css: [],
  },
  {
    name: 'Radix',
    entry: candidate('radix-one-time-password-field.tsx'),
    code: `import { Root, Input, HiddenInput } from '@radix-ui/react-one-time-password-field';
      console.log(Root, Input, HiddenInput);`,
    css: [],
  },
];

export const phoneEntrants: Entrant[] = [
  {
    name: 'mfa-kit',
    entry: path.join(TEST, 'phone-field/phone-field.candidate.tsx'),
    code: `import { PhoneField } from '../src/index.ts'; console.log(PhoneField);`,
    css: ['../src/styles/index.css'],
  },
  ...['', '/mobile'].map((metadata) => ({
    name: `react-phone-number-input${metadata}`,
    entry: candidate(`react-phone-number-input${metadata.replace('/', '-')}.tsx`),
    code: `import PhoneInput, { isValidPhoneNumber, parsePhoneNumber } from 'react-phone-number-input${metadata}';
      console.log(PhoneInput, isValidPhoneNumber, parsePhoneNumber);`,
    css: ['react-phone-number-input/style.css'],
  })),
  ...['', '-best'].map((setting) => ({
    name: `intl-tel-input${setting.replace('-', ', ')}`,
    entry: candidate(`intl-tel-input${setting}.tsx`),
    code: `import IntlTelInput from '@intl-tel-input/react';
      console.log(IntlTelInput, () => import('intl-tel-input/utils'));`,
    css: ['intl-tel-input/styles'],
  })),
  ...['', '-best'].map((setting) => ({
    name: `react-international-phone${setting.replace('-', ', ')}`,
    entry: candidate(`react-international-phone${setting}.tsx`),
    code: `import { PhoneInput } from 'react-international-phone';
      import { PhoneNumberUtil } from 'google-libphonenumber';
      console.log(PhoneInput, PhoneNumberUtil);`,
    css: ['react-international-phone/style.css'],
  })),
];

/** A page with nothing but an input of React's: what the costs are read against. */
export const plainCode: Candidate = { name: 'plain input', entry: candidate('plain-code.tsx') };
export const plainPhone: Candidate = { name: 'plain input', entry: candidate('plain-phone.tsx') };
