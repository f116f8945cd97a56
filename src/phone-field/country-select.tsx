'use client';
import { useEffect, useRef, useState } from 'react';

import { callingCode, countryLabel, listCountries } from './countries.js';
import type { PhoneEngine } from './load-phone-engine.js';

export interface CountrySelectProps {
  country: string;
  countries: readonly string[] | undefined;
  engine: PhoneEngine | undefined;
  /** Without it there is one option, for the country chosen: 245 cost more than the rest of the field. */
  isWanted: boolean;
  locale: string;
  label: string;
  name: string | undefined;
  disabled: boolean | undefined;
  /** @param isPerson The list has the focus: otherwise the browser has filled it in. */
  onChoose: (country: string, isPerson: boolean) => void;
}

/** The list of countries, native and found by typing a name, over what it shows closed. One alone makes a fixed prefix. */
export function CountrySelect(props: CountrySelectProps) {
  const { country, countries, engine, isWanted, locale, label, name, disabled, onChoose } = props;
  const select = useRef<HTMLSelectElement>(null);
  const [initial] = useState(country);
  const isFixed = countries?.length === 1;
  const code = engine && callingCode(country, engine);
  const contents = `${locale} ${countries?.join(' ') ?? ''}`;

  // The options beside the first are no business of React's, which would need a commit for them and time for each.
  // Without dependencies: a form that is reset has the browser choose, too.
  useEffect(() => {
    const list = select.current;
    if (!list) return;
    if (engine && isWanted && list.dataset.contents !== contents) {
      fill(list, listCountries(locale, engine, countries));
      list.dataset.contents = contents;
    }
    list.value = country;
    if (list.value === country) return;
    list.add(option(country, countryLabel(country, locale, engine)));
    list.value = country;
  });

  return (
    <span className="mfa-phone-country" data-fixed={isFixed || undefined}>
      <span className="mfa-phone-prefix" aria-hidden={!isFixed}>
        <span className="mfa-phone-region">{country}</span>{' '}
        <span className="mfa-phone-code">{code && `+${code}`}</span>
      </span>
      {!isFixed && (
        <select
          ref={select}
          className="mfa-phone-select"
          aria-label={label}
          autoComplete="country"
          name={name}
          defaultValue={initial}
          disabled={disabled}
          onChange={(event) => onChoose(event.target.value, event.target.matches(':focus'))}
        >
          <option value={initial} suppressHydrationWarning>
            {countryLabel(initial, locale)}
          </option>
        </select>
      )}
    </span>
  );
}

/** Puts the options around the one that React has made, which browsers go back to when the form is reset. */
function fill(list: HTMLSelectElement, countries: { country: string; label: string }[]) {
  const [own, ...others] = list.options;
  for (const other of others) other.remove();
  const at = countries.findIndex(({ country }) => country === own?.value);
  const options = countries.map(({ country, label }) => option(country, label));
  own?.before(...options.slice(0, Math.max(0, at)));
  own?.after(...options.slice(at + 1));
  if (!own) return;
  own.hidden = at < 0; // React's, and so not ours to remove
  if (countries[at]) own.text = countries[at].label;
}

function option(country: string, label: string) {
  const element = document.createElement('option');
  element.value = country;
  element.text = label;
  return element;
}
