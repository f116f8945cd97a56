import 'react-phone-number-input/style.css';
import { useRef, useState } from 'react';
import type PhoneInput from 'react-phone-number-input';
import type { Country, getCountries, isValidPhoneNumber, parsePhoneNumber } from 'react-phone-number-input';

import {
  type PhoneCandidate,
  type PhoneFieldProps,
  type PhoneResult,
  readInput,
} from '../../../test/field-lab/phone-host.tsx';
import { countryNames } from './country-names.ts';
import { tellForm } from './form-register.ts';
import { useVerdict } from './use-verdict.ts';

/** One of the package's entries: they differ by the metadata they come with. */
interface Library {
  default: typeof PhoneInput;
  isValidPhoneNumber: typeof isValidPhoneNumber;
  parsePhoneNumber: typeof parsePhoneNumber;
  getCountries: typeof getCountries;
}

/** react-phone-number-input as its README shows it: a controlled value, checked by `isValidPhoneNumber`. */
export function phoneNumberInput(library: Library): PhoneCandidate {
  const { default: Input, isValidPhoneNumber: isValid, parsePhoneNumber: parse } = library;

  function Field({
    label,
    onResult,
    country,
    countries,
    testNumbers,
    lang,
    defaultValue,
    onChange,
    onBlur,
    ref: _ref,
    ...props
  }: PhoneFieldProps) {
    const [value, setValue] = useState(defaultValue);
    const chosen = useRef(country);
    const verdict = useVerdict(onResult);
    const judge = (next: string | undefined): PhoneResult => {
      if (!next) return { reason: 'empty' };
      if (!testNumbers?.includes(next) && !isValid(next)) return { reason: 'invalid' };
      return { e164: next, country: parse(next)?.country ?? chosen.current };
    };
    const name = lang && countryNames(lang);
    const labels = name && Object.fromEntries(library.getCountries().map((region) => [region, name(region)]));
    return (
      <>
        <label htmlFor={props.id}>{label}</label>
        <Input
          {...props}
          {...(value && { value })}
          {...(country && { defaultCountry: country as Country })}
          {...(countries && { countries: countries as Country[] })}
          {...(labels && { labels })}
          onCountryChange={(next) => {
            chosen.current = next;
          }}
          onChange={(next) => {
            setValue(next);
            verdict.changed(judge(next));
            tellForm(onChange, props.name, next ?? '');
          }}
          onBlur={() => {
            verdict.left(judge(value));
            tellForm(onBlur, props.name, value ?? '', 'blur');
          }}
        />
      </>
    );
  }

  return {
    Field,
    read: (root) => ({
      ...readInput(root),
      country: root.querySelector<HTMLSelectElement>('.PhoneInputCountrySelect')?.value,
    }),
  };
}
