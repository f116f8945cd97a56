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
import { significant } from './phone-text.js';
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
  const {
    defaultCountry,
    countries,
    testNumbers: _testNumbers,
    onValueChange: _onValueChange,
    onCountryChange: _onCountryChange,
    className,
    ...inputProps
  } = props;
  const { name, disabled, onBlur, onChange } = inputProps;
  const { locale, phone } = usePhoneFieldMessages();
  const input = useRef<HTMLInputElement>(null);
  const wasLeft = useRef(false);
  const [country, setCountry] = useState(() => firstCountry({ country: defaultCountry, countries }));
  const home = useRef(country);
  const [, render] = useReducer((count: number) => count + 1, 0);
  const { engine, isWanted } = usePhoneEngine(input);
  useImperativeHandle(ref, () => input.current as HTMLInputElement, []); // mounted by the time refs are set

  // What is asked now is answered later, to whoever asks then.
  const latest = useRef({ ...props, country, engine });
  useBrowserLayoutEffect(() => {
    latest.current = { ...props, country, engine };
  });
  const asked = useRef(0);

  const formatter = useRef<PhoneFormatter>(undefined);
  const editing = useRef<PhoneEditing>(undefined);
  useBrowserLayoutEffect(() => {
    if (!input.current) return undefined;
    editing.current = attachPhoneEditing(input.current, (text) => formatter.current?.format(text) ?? text);
    return editing.current.detach;
  }, []);

  function choose(next: string) {
    const { country: old, countries: allowed } = latest.current;
    if (next === old || next !== firstCountry({ country: next, countries: allowed })) return;
    latest.current.country = next;
    setCountry(next);
    latest.current.onCountryChange?.(next);
  }

  /** A typed calling code wins over the country chosen. */
  function follow() {
    formatter.current?.format(input.current?.value ?? '');
    const abroad = formatter.current?.country;
    if (abroad) choose(abroad);
  }

  async function report() {
    const text = input.current?.value ?? '';
    const rules = { ...latest.current };
    asked.current += 1;
    const question = asked.current;
    const result = await validatePhoneNumber(text, rules);
    if (question !== asked.current || !input.current?.isConnected) return; // asked again meanwhile, or gone
    const { onValueChange, engine: loaded } = latest.current;
    if (!result.ok) return onValueChange?.({ country: rules.country, reason: result.reason });
    const { e164, country: own = rules.country } = result;
    if (significant(text).startsWith('+')) choose(own);
    else if (loaded && callingCode(own, loaded) !== callingCode(rules.country, loaded)) {
      // Dialled abroad (`00`, `011`): in that country it would mean something else. This comes back as a change.
      return typeInto(input.current, e164);
    }
    onValueChange?.({ country: own, e164 });
  }

  function startOver() {
    choose(home.current);
    render(); // the browser has chosen a country, too
    editing.current?.regroup();
    asked.current += 1;
    if (wasLeft.current) latest.current.onValueChange?.({ country: latest.current.country }); // what it held is gone
    wasLeft.current = false;
  }

  useEffect(() => {
    formatter.current = engine && createPhoneFormatter(country, engine);
    editing.current?.regroup();
    follow();
    // oxlint-disable-next-line react/exhaustive-deps -- `follow` is made anew with each render and reads what is latest
  }, [country, engine]);
  useEffect(() => {
    const guess = firstCountry({ country: defaultCountry ?? guessCountry() ?? country, countries });
    home.current = guess;
    choose(guess);
    const { form } = input.current ?? {};
    const stop = new AbortController();
    const submit = () => {
      wasLeft.current = true;
      void report();
    };
    form?.addEventListener('submit', submit, stop);
    // After the reset itself, of which this event is the announcement.
    form?.addEventListener('reset', () => setTimeout(startOver), stop);
    return () => stop.abort();
    // oxlint-disable-next-line react/exhaustive-deps -- once: later the country is the person's; the rest reads what is latest
  }, []);
  useEffect(() => {
    // The list may have changed, and not have this country any more.
    choose(firstCountry({ country: latest.current.country, countries }));
  });

  function handleCountry(chosen: string, isPerson: boolean) {
    const field = input.current;
    const digits = significant(field?.value ?? '');
    if (field && digits.startsWith('+')) {
      // A browser that fills in a country knows less of the number than its calling code does.
      if (!isPerson) return render();
      // It would win over the choice just made, too: only the national digits stay.
      follow();
      const code = engine && callingCode(latest.current.country, engine);
      choose(chosen);
      typeInto(field, digits.slice(code && digits.startsWith(`+${code}`) ? code.length + 1 : 1));
    } else choose(chosen);
    if (wasLeft.current) void report();
  }

  function handleBlur(event: FocusEvent<HTMLInputElement>) {
    onBlur?.(event);
    if (event.currentTarget.value === '' && !wasLeft.current) return;
    wasLeft.current = true;
    void report();
  }

  function handleChange(event: ChangeEvent<HTMLInputElement>) {
    onChange?.(event);
    follow();
    if (wasLeft.current) void report();
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
