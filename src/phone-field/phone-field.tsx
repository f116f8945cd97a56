'use client';
import {
  type ChangeEvent,
  type ComponentPropsWithoutRef,
  type FocusEvent,
  forwardRef,
  useEffect,
  useImperativeHandle,
  useReducer,
  useRef,
  useState,
} from 'react';

import type { PhoneNumberReason } from '../messages/messages.js';
import { usePhoneFieldMessages } from '../messages/messages-context.js';
import { useBrowserLayoutEffect } from '../provider/use-browser-layout-effect.js';
import { typeInto } from '../ui/type-into.js';
import { callingCode, firstCountry, guessCountry } from './countries.js';
import { CountrySelect } from './country-select.js';
import { createPhoneFormatter, type PhoneFormatter } from './format-phone-text.js';
import { attachPhoneEditing, type PhoneEditing } from './phone-editing.js';
import { isDialledAbroad, significant } from './phone-text.js';
import { usePhoneEngine } from './use-phone-engine.js';
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
  const { locale, phone } = usePhoneFieldMessages();
  const input = useRef<HTMLInputElement>(null);
  const wasLeft = useRef(false);
  const [country, setCountry] = useState(() => firstCountry({ country: defaultCountry, countries }));
  const home = useRef(country);
  const [, render] = useReducer((count: number) => count + 1, 0);
  const { engine, isWanted } = usePhoneEngine(input);
  useImperativeHandle(ref, () => input.current as HTMLInputElement, []);

  const formatter = useRef<PhoneFormatter>(undefined);
  const editing = useRef<PhoneEditing>(undefined);
  useBrowserLayoutEffect(() => {
    if (!input.current) return undefined;
    editing.current = attachPhoneEditing(input.current, (text) => formatter.current?.format(text) ?? text);
    return editing.current.detach;
  }, []);
  useEffect(() => {
    formatter.current = engine && createPhoneFormatter(country, engine);
    editing.current?.regroup();
  }, [country, engine]);

  function choose(next: string) {
    if (next === country || (countries && !countries.includes(next))) return;
    setCountry(next);
    onCountryChange?.(next);
  }

  const latest = useRef({ choose, report, startOver });
  useEffect(() => {
    latest.current = { choose, report, startOver };
  });
  useEffect(() => {
    const { form } = input.current ?? {};
    const stop = new AbortController();
    const submit = () => {
      wasLeft.current = true;
      void latest.current.report();
    };
    form?.addEventListener('submit', submit, stop);
    // After the reset itself, of which this event is the announcement.
    form?.addEventListener('reset', () => setTimeout(() => latest.current.startOver()), stop);
    return () => stop.abort();
  }, []);
  useEffect(() => {
    home.current = defaultCountry ?? guessCountry() ?? home.current;
    latest.current.choose(home.current);
    // The list may change later; the person's country does not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  function startOver() {
    choose(home.current);
    render(); // the browser has chosen a country, too
    editing.current?.regroup();
    if (wasLeft.current) onValueChange?.({ country: home.current }); // what it held is not there any more
    wasLeft.current = false;
  }

  async function report(chosen = country) {
    const field = input.current;
    if (!field) return;
    const text = field.value;
    const result = await validatePhoneNumber(text, { country: chosen, countries, testNumbers });
    if (significant(field.value) !== significant(text) || !field.isConnected) return; // written on meanwhile
    if (result.ok && isDialledAbroad(text, result.e164)) {
      // In the country that it is for, what was dialled would mean something else. This comes back as a change.
      typeInto(field, result.e164);
      return;
    }
    if (result.ok && result.country && significant(text).startsWith('+')) choose(result.country);
    onValueChange?.(
      result.ok
        ? { country: result.country ?? chosen, e164: result.e164 }
        : { country: chosen, reason: result.reason },
    );
  }

  function handleCountry(chosen: string) {
    const field = input.current;
    if (field && engine) {
      // A calling code in the number would win over the choice just made: only the national digits stay.
      const digits = significant(field.value);
      const code = `+${callingCode(country, engine)}`;
      if (digits.startsWith('+'))
        typeInto(field, digits.startsWith(code) ? digits.slice(code.length) : digits.slice(1));
    }
    setCountry(chosen);
    onCountryChange?.(chosen);
    if (wasLeft.current) void report(chosen);
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
  return (
    <div className={className ? `mfa-phone-field ${className}` : 'mfa-phone-field'} dir="ltr">
      <CountrySelect
        country={country}
        countries={countries}
        engine={engine}
        isWanted={isWanted}
        locale={locale}
        label={phone.country}
        name={name && `${name}-country`}
        disabled={disabled || inputProps.readOnly}
        onChoose={handleCountry}
      />
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
