'use client';
import {
  type ChangeEvent,
  type ComponentPropsWithoutRef,
  type FocusEvent,
  forwardRef,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';

import type { PhoneNumberReason } from '../messages/messages.js';
import { usePhoneMessages } from '../messages/messages-context.js';
import { typeInto } from '../ui/type-into.js';
import { callingCode, countryLabel, firstCountry, guessCountry, listCountries } from './countries.js';
import { createPhoneFormatter, type PhoneFormatter } from './format-phone-text.js';
import { loadPhoneEngine, type PhoneEngine } from './load-phone-engine.js';
import { attachPhoneEditing, type PhoneEditing } from './phone-editing.js';
import { isAbroad, significant } from './phone-text.js';
import { validatePhoneNumber } from './validate-phone-number.js';

/** What the field holds: a number that a text message can be sent to, or the reason why not. */
export interface PhoneFieldValue {
  country: string;
  e164?: string | undefined;
  reason?: PhoneNumberReason | undefined;
}

export interface PhoneFieldProps extends Omit<
  ComponentPropsWithoutRef<'input'>,
  'type' | 'value' | 'maxLength' | 'pattern'
> {
  /** ISO 3166-1 alpha-2. Without it, the country the device is set up for. */
  defaultCountry?: string | undefined;
  /** The only countries to choose from. One alone makes a fixed prefix. */
  countries?: readonly string[] | undefined;
  /** E.164 numbers taken although no numbering plan knows them. */
  testNumbers?: readonly string[] | undefined;
  /** Called when the field is left, and on each change after that. */
  onValueChange?: ((value: PhoneFieldValue) => void) | undefined;
  /** Called when another country is chosen, by hand or by a number with a calling code. */
  onCountryChange?: ((country: string) => void) | undefined;
}

/**
 * A phone number: a list of countries beside one input, which takes every national and international form. Label the
 * input as any other. Its native value is the text as written; `validatePhoneNumber` tells what it means.
 * Style it by `.mfa-phone-field`.
 */
export const PhoneField = forwardRef<HTMLInputElement, PhoneFieldProps>(function PhoneField(props, ref) {
  const { defaultCountry, countries, testNumbers, onValueChange, onCountryChange, className, ...inputProps } =
    props;
  const { name, disabled, onBlur, onChange } = inputProps;
  const { locale, phone } = usePhoneMessages();
  const input = useRef<HTMLInputElement>(null);
  const select = useRef<HTMLSelectElement>(null);
  const wasLeft = useRef(false);
  const [country, setCountry] = useState(() => firstCountry({ country: defaultCountry, countries }));
  // The option that React renders; the others are put beside it once somebody comes to the field.
  const [first, setFirst] = useState(country);
  const [isWanted, setWanted] = useState(false);
  const [engine, setEngine] = useState<PhoneEngine>();
  useImperativeHandle(ref, () => input.current as HTMLInputElement, []);

  useEffect(() => {
    let isGone = false;
    const load = () =>
      void loadPhoneEngine().then(
        (loaded) => isGone || setEngine(loaded),
        () => undefined,
      );
    const come = () => {
      setWanted(true);
      load();
    };
    // Whoever fills in another field of the form may have the browser fill in this one.
    const around = input.current?.form ?? input.current?.parentElement;
    const later = setTimeout(load, 300); // after the page has settled; sooner if somebody comes
    around?.addEventListener('focusin', come, { once: true });
    around?.addEventListener('pointerdown', come, { once: true });
    return () => {
      isGone = true;
      clearTimeout(later);
      around?.removeEventListener('focusin', come);
      around?.removeEventListener('pointerdown', come);
    };
  }, []);

  const formatter = useRef<PhoneFormatter>(undefined);
  const editing = useRef<PhoneEditing>(undefined);
  useEffect(() => {
    if (!input.current) return undefined;
    editing.current = attachPhoneEditing(input.current, (text) => formatter.current?.format(text) ?? text);
    return editing.current.detach;
  }, []);
  useEffect(() => {
    formatter.current = engine && createPhoneFormatter(country, engine);
    editing.current?.regroup();
  }, [country, engine]);
  useEffect(() => {
    if (engine && isWanted) fillSelect(engine);
  });

  function choose(next: string) {
    if (next === country || (countries && !countries.includes(next))) return;
    if (select.current && select.current.length > 1) select.current.value = next;
    else setFirst(next);
    setCountry(next);
    onCountryChange?.(next);
  }

  const latest = useRef({ choose, report });
  useEffect(() => {
    latest.current = { choose, report };
  });
  useEffect(() => {
    const { form } = input.current ?? {};
    // After the reset itself, of which this event is the announcement.
    const reset = () =>
      setTimeout(() => {
        wasLeft.current = false;
        if (select.current) latest.current.choose(select.current.value);
        editing.current?.regroup();
      });
    const submit = () => {
      wasLeft.current = true;
      void latest.current.report();
    };
    form?.addEventListener('reset', reset);
    form?.addEventListener('submit', submit);
    return () => {
      form?.removeEventListener('reset', reset);
      form?.removeEventListener('submit', submit);
    };
  }, []);
  useEffect(() => {
    const guess = defaultCountry ?? guessCountry();
    if (guess) latest.current.choose(guess);
    // The list may change later; the person's country does not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  function fillSelect(loaded: PhoneEngine) {
    const list = select.current;
    if (!list || list.length > 1) return;
    const options = listCountries(locale, loaded, countries).map(({ country: each, label }) => {
      const option = document.createElement('option');
      option.value = each;
      option.text = label;
      return option;
    });
    const own = options.findIndex(({ value }) => value === list.value);
    list.options[0]?.before(...options.slice(0, Math.max(0, own)));
    list.append(...options.slice(own + 1));
  }

  async function report(chosen = country) {
    const field = input.current;
    if (!field) return;
    const text = field.value;
    const result = await validatePhoneNumber(text, { country: chosen, countries, testNumbers });
    if (field.value !== text || !field.isConnected) return; // written on meanwhile
    if (result.ok && result.country && isAbroad(text, result.e164)) choose(result.country);
    onValueChange?.(
      result.ok
        ? { country: result.country ?? chosen, e164: result.e164 }
        : { country: chosen, reason: result.reason },
    );
  }

  function handleCountry(event: ChangeEvent<HTMLSelectElement>) {
    const { value } = event.target;
    const field = input.current;
    if (field && engine) {
      // A calling code in the number would win over the choice just made: only the national digits stay.
      const digits = significant(field.value);
      const code = `+${callingCode(country, engine)}`;
      if (digits.startsWith('+'))
        typeInto(field, digits.startsWith(code) ? digits.slice(code.length) : digits.slice(1));
    }
    setCountry(value);
    onCountryChange?.(value);
    if (wasLeft.current) void report(value);
  }

  function handleBlur(event: FocusEvent<HTMLInputElement>) {
    onBlur?.(event);
    if (event.currentTarget.value === '' && !wasLeft.current) return;
    wasLeft.current = true;
    void report();
  }

  function handleChange(event: ChangeEvent<HTMLInputElement>) {
    onChange?.(event);
    formatter.current?.format(event.currentTarget.value);
    const abroad = formatter.current?.country;
    if (abroad) choose(abroad);
    if (wasLeft.current) void report(abroad);
  }

  const isNamed = inputProps.id ?? inputProps['aria-label'] ?? inputProps['aria-labelledby'];
  const code = engine && `+${callingCode(country, engine)}`;
  return (
    <div className={className ? `mfa-phone-field ${className}` : 'mfa-phone-field'} dir="ltr">
      <span className="mfa-phone-country" data-fixed={countries?.length === 1 || undefined}>
        <span className="mfa-phone-prefix" aria-hidden={countries?.length !== 1}>
          {country} <span className="mfa-phone-code">{code}</span>
        </span>
        {countries?.length !== 1 && (
          <select
            ref={select}
            className="mfa-phone-select"
            aria-label={phone.country}
            autoComplete="country"
            name={name && `${name}-country`}
            defaultValue={first}
            disabled={disabled || inputProps.readOnly}
            onChange={handleCountry}
          >
            <option value={first}>{countryLabel(first, locale, engine)}</option>
          </select>
        )}
      </span>
      <input
        autoComplete="tel"
        inputMode="tel"
        {...(!isNamed && { 'aria-label': phone.label })}
        {...inputProps}
        ref={input}
        type="tel"
        className="mfa-phone-input"
        onBlur={handleBlur}
        onChange={handleChange}
      />
    </div>
  );
});
