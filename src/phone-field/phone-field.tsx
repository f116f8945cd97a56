'use client';
import {
  type ChangeEvent,
  type ClipboardEvent,
  type ComponentPropsWithoutRef,
  type FocusEvent,
  forwardRef,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';

import type { PhoneNumberReason } from '../messages/messages.js';
import { useMfaMessages } from '../messages/messages-context.js';
import { typeInto } from '../ui/type-into.js';
import { callingCode, countryLabel, firstCountry, guessCountry, listCountries } from './countries.js';
import { loadPhoneEngine, type PhoneEngine } from './load-phone-engine.js';
import { extractPhoneText, normalizePhoneText } from './phone-rules.js';
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
  const { name, disabled, onBlur, onChange, onPaste } = inputProps;
  const { locale, phone } = useMfaMessages();
  const input = useRef<HTMLInputElement>(null);
  const select = useRef<HTMLSelectElement>(null);
  const wasLeft = useRef(false);
  const [country, setCountry] = useState(() => firstCountry({ country: defaultCountry, countries }));
  // The option that React renders; the others are put beside it once somebody comes to the field.
  const [first, setFirst] = useState(country);
  const isWanted = useRef(false);
  const [engine, setEngine] = useState<PhoneEngine>();
  useImperativeHandle(ref, () => input.current as HTMLInputElement, []);

  useEffect(() => {
    let isGone = false;
    const load = () =>
      void loadPhoneEngine().then(
        (loaded) => isGone || setEngine(loaded),
        () => undefined,
      );
    const later = setTimeout(load, 300); // after the page has settled; sooner if somebody comes
    const root = input.current?.parentElement;
    root?.addEventListener('focusin', load, { once: true });
    return () => {
      isGone = true;
      clearTimeout(later);
      root?.removeEventListener('focusin', load);
    };
  }, []);

  useEffect(() => {
    if (engine && isWanted.current) fillSelect(engine);
  });

  function choose(next: string) {
    if (next === country) return;
    if (select.current && select.current.length > 1) select.current.value = next;
    else setFirst(next);
    setCountry(next);
    onCountryChange?.(next);
  }

  const latestChoose = useRef(choose);
  useEffect(() => {
    latestChoose.current = choose;
  });
  useEffect(() => {
    const { form } = input.current ?? {};
    // After the reset itself, of which this event is the announcement.
    const follow = () => setTimeout(() => select.current && latestChoose.current(select.current.value));
    form?.addEventListener('reset', follow);
    return () => form?.removeEventListener('reset', follow);
  }, []);
  useEffect(() => {
    const guess = defaultCountry ?? guessCountry();
    if (guess && (!countries || countries.includes(guess))) latestChoose.current(guess);
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
    if (result.ok && result.country && normalizePhoneText(text).startsWith('+')) choose(result.country);
    onValueChange?.(
      result.ok
        ? { country: result.country ?? chosen, e164: result.e164 }
        : { country: chosen, reason: result.reason },
    );
  }

  function handleCountry(event: ChangeEvent<HTMLSelectElement>) {
    const { value } = event.target;
    const field = input.current;
    if (engine && field && normalizePhoneText(field.value).startsWith('+')) {
      // A calling code in the number would win over the choice just made: only the national digits stay.
      const number = engine.parsePhoneNumberFromString(normalizePhoneText(field.value), engine.metadata);
      if (number) typeInto(field, number.nationalNumber);
    }
    setCountry(value);
    onCountryChange?.(value);
    if (wasLeft.current) void report(value);
  }

  function handlePaste(event: ClipboardEvent<HTMLInputElement>) {
    onPaste?.(event);
    if (event.defaultPrevented || inputProps.readOnly || disabled) return;
    const pasted = event.clipboardData.getData('text');
    const text = extractPhoneText(pasted);
    const field = event.currentTarget;
    if (text === pasted && !text.startsWith('+')) return;
    event.preventDefault();
    if (text.startsWith('+')) typeInto(field, text);
    else {
      const { value, selectionStart, selectionEnd } = field;
      typeInto(field, value.slice(0, selectionStart ?? 0) + text + value.slice(selectionEnd ?? value.length));
    }
  }

  function handleBlur(event: FocusEvent<HTMLInputElement>) {
    onBlur?.(event);
    if (event.currentTarget.value === '' && !wasLeft.current) return;
    wasLeft.current = true;
    void report();
  }

  function handleChange(event: ChangeEvent<HTMLInputElement>) {
    onChange?.(event);
    if (wasLeft.current) void report();
  }

  /** 245 options are made when somebody is here, autofill included, and not before. */
  function want() {
    isWanted.current = true;
    if (engine) fillSelect(engine);
  }

  const isNamed = inputProps.id ?? inputProps['aria-label'] ?? inputProps['aria-labelledby'];
  const code = engine && `+${callingCode(country, engine)}`;
  return (
    <div
      className={className ? `mfa-phone-field ${className}` : 'mfa-phone-field'}
      dir="ltr"
      onFocus={want}
      onPointerDown={want}
    >
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
        onPaste={handlePaste}
      />
    </div>
  );
});
