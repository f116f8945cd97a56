import 'react-international-phone/style.css';
import { PhoneNumberType, PhoneNumberUtil } from 'google-libphonenumber';
import { type ComponentProps, useState } from 'react';
import { buildCountryData, defaultCountries, parseCountry, PhoneInput } from 'react-international-phone';

import {
  type PhoneCandidate,
  type PhoneFieldProps,
  type PhoneResult,
  readInput,
} from '../../../test/field-lab/phone-host.tsx';
import { countryNames } from './country-names.ts';
import { tellForm } from './form-register.ts';
import { useVerdict } from './use-verdict.ts';

/** What is used here of what the field tells about the chosen country. */
interface Country {
  iso2: string;
  dialCode: string;
}

interface Settings extends Pick<ComponentProps<typeof PhoneInput>, 'disableDialCodePrefill'> {
  /** Asks google-libphonenumber for the kind of number too. */
  onlyMobile?: boolean;
}

const engine = PhoneNumberUtil.getInstance();
const MOBILE: number[] = [PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE];

/** react-international-phone validates nothing itself: this check is the one its documentation gives. */
function isPhoneValid(phone: string, onlyMobile: boolean): boolean {
  try {
    const number = engine.parseAndKeepRawInput(phone);
    return engine.isValidNumber(number) && (!onlyMobile || MOBILE.includes(engine.getNumberType(number)));
  } catch {
    return false;
  }
}

export function internationalPhone({ onlyMobile = false, ...settings }: Settings): PhoneCandidate {
  function Field({
    id,
    name,
    label,
    onResult,
    country,
    countries,
    testNumbers,
    lang,
    defaultValue = '',
    required,
    disabled,
    readOnly,
    onChange,
    onBlur,
  }: PhoneFieldProps) {
    const [value, setValue] = useState(defaultValue);
    const [chosen, setChosen] = useState<Country>();
    const verdict = useVerdict(onResult);
    const judge = (phone: string, known: Country | undefined): PhoneResult => {
      if (testNumbers?.includes(phone) || isPhoneValid(phone, onlyMobile))
        return { e164: phone, country: known?.iso2.toUpperCase() };
      return { reason: phone.slice(1) === (known?.dialCode ?? '') ? 'empty' : 'invalid' };
    };
    return (
      <>
        <label htmlFor={id}>{label}</label>
        <PhoneInput
          {...settings}
          value={value}
          {...(country && { defaultCountry: country.toLowerCase() })}
          {...((countries ?? lang) && { countries: listCountries(countries, lang) })}
          {...(name && { name })}
          {...(required && { required })}
          {...(disabled && { disabled })}
          inputProps={{ id, readOnly, autoComplete: 'tel' }}
          onChange={(phone, { country: next }) => {
            setValue(phone);
            setChosen(next);
            verdict.changed(judge(phone, next));
            tellForm(onChange, name, phone);
          }}
          onBlur={() => {
            verdict.left(judge(value, chosen));
            tellForm(onBlur, name, value, 'blur');
          }}
        />
      </>
    );
  }

  return {
    Field,
    read: (root) => ({ ...readInput(root), country: button(root)?.dataset.country?.toUpperCase() }),
    countryControl: button,
    choose: async (root, country) => {
      button(root)?.click();
      await new Promise(requestAnimationFrame);
      const item = root.querySelector<HTMLElement>(`li[data-country=${country.toLowerCase()}]`);
      (item ?? button(root))?.click();
      if (!item) throw new Error(`No ${country} in the list.`);
    },
  };
}

function listCountries(only: readonly string[] | undefined, lang: string | undefined) {
  const name = lang && countryNames(lang);
  return defaultCountries
    .map(parseCountry)
    .filter(({ iso2 }) => !only || only.includes(iso2.toUpperCase()))
    .map((country) => buildCountryData(name ? { ...country, name: name(country.iso2) } : country));
}

const button = (root: HTMLElement) =>
  root.querySelector<HTMLElement>('.react-international-phone-country-selector-button');
