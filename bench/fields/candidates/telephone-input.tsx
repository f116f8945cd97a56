import 'intl-tel-input/styles';
import IntlTelInput, { intlTelInput, type IntlTelInputRef } from '@intl-tel-input/react';
import type { Iso2 } from 'intl-tel-input';
import { type ComponentProps, useEffect, useRef, useState } from 'react';

import {
  type PhoneCandidate,
  type PhoneFieldProps,
  type PhoneResult,
  readInput,
} from '../../../test/field-lab/phone-host.tsx';
import { tellForm } from './form-register.ts';
import { useVerdict } from './use-verdict.ts';

type Settings = Partial<ComponentProps<typeof IntlTelInput>>;

const { VALIDATION_ERROR } = intlTelInput;
const REASONS: Record<string, string> = {
  [VALIDATION_ERROR.TOO_SHORT]: 'too_short',
  [VALIDATION_ERROR.TOO_LONG]: 'too_long',
  [VALIDATION_ERROR.INVALID_COUNTRY_CODE]: 'invalid_country',
};

/** intl-tel-input's React component: number, validity and error each have an event, kept in state as its docs show. */
export function telephoneInput(settings: Settings): PhoneCandidate {
  function Field({
    id,
    name,
    label,
    onResult,
    country,
    countries,
    testNumbers,
    lang,
    defaultValue,
    required,
    disabled,
    readOnly,
    onChange,
    onBlur,
  }: PhoneFieldProps) {
    const [number, setNumber] = useState<string>();
    const [isValid, setIsValid] = useState(false);
    const [error, setError] = useState<string | null>(null);
    const [chosen, setChosen] = useState(country);
    const control = useRef<IntlTelInputRef>(null);
    const verdict = useVerdict(onResult);
    const judge = (now: string, isGood: boolean, code: string | null, region?: string): PhoneResult => {
      if (!now) return { reason: 'empty' };
      if (isGood || testNumbers?.includes(now)) return { e164: now, country: region };
      return { reason: (code && REASONS[code]) ?? 'invalid' };
    };
    const latest = useRef(verdict.changed);
    useEffect(() => {
      latest.current = verdict.changed;
    });
    // The events of one change come one after the other: this is after all of them.
    const result = number === undefined ? undefined : JSON.stringify(judge(number, isValid, error, chosen));
    useEffect(() => {
      if (result) latest.current(JSON.parse(result) as PhoneResult);
    }, [result]);

    function handleBlur() {
      const field = control.current?.getInstance();
      const now = field?.getNumber() ?? '';
      const isGood = settings.usePreciseValidation ? field?.isValidNumberPrecise() : field?.isValidNumber();
      const region = field?.getSelectedCountry()?.iso2.toUpperCase();
      verdict.left(judge(now, isGood ?? false, field?.getValidationError() ?? null, region));
      tellForm(onBlur, name, now, 'blur');
    }
    return (
      <>
        <label htmlFor={id}>{label}</label>
        <IntlTelInput
          ref={control}
          {...settings}
          {...(country && { initialCountry: lowerCase(country) })}
          {...(countries && { onlyCountries: countries.map(lowerCase) })}
          {...(lang && { countryNameLocale: lang })}
          loadUtils={() => import('intl-tel-input/utils')}
          disabled={disabled}
          readOnly={readOnly}
          onChangeNumber={(next) => {
            setNumber(next);
            tellForm(onChange, name, next);
          }}
          onChangeValidity={setIsValid}
          onChangeErrorCode={setError}
          onChangeCountry={(next) => setChosen(next.toUpperCase())}
          inputProps={{
            id,
            ...(name && { name }),
            ...(required && { required }),
            ...(defaultValue && { defaultValue }),
            onBlur: handleBlur,
          }}
        />
      </>
    );
  }

  return {
    Field,
    read: (root) => {
      const flag = root.querySelector('.iti__selected-country .iti__flag')?.className ?? '';
      return { ...readInput(root), country: / iti__([a-z]{2})$/.exec(flag)?.[1]?.toUpperCase() };
    },
    countryControl: (root) => root.querySelector<HTMLElement>('button.iti__selected-country'),
    choose: (root, country) => {
      const button = root.querySelector<HTMLElement>('button.iti__selected-country');
      button?.click();
      const item = document.querySelector<HTMLElement>(
        `.iti__country-list [data-iso2=${country.toLowerCase()}]`,
      );
      (item ?? button)?.click();
      if (!item) throw new Error(`No ${country} in the list.`);
    },
  };
}

const lowerCase = (country: string) => country.toLowerCase() as Iso2;
