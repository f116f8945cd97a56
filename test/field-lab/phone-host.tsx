import { type ComponentType, StrictMode, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { useForm } from 'react-hook-form';

import { serveMarkup } from './serve-markup.ts';

export interface PhoneOptions {
  /** ISO 3166-1 alpha-2, as everywhere here: the country chosen at first. */
  country?: string;
  /** The only countries to choose from. */
  countries?: string[];
  /** E.164 numbers taken although no numbering plan knows them. */
  testNumbers?: string[];
  /** What the field begins with. */
  initial?: string;
  name?: string;
  disabled?: boolean;
  readOnly?: boolean;
  required?: boolean;
  /** How the app around the field keeps its value: not at all, or by react-hook-form's `register`. */
  host?: 'uncontrolled' | 'register';
  strict?: boolean;
  dir?: 'ltr' | 'rtl';
  /** The page's language. */
  lang?: string;
  /** CSS pixels that the field's surroundings are wide. */
  width?: number;
}

/** What the field means just now: `e164` only where the documented check of its library accepts the number. */
export interface PhoneResult {
  e164?: string | undefined;
  country?: string | undefined;
  /** `empty` `too_short` `too_long` `not_mobile` `invalid_country` `invalid` `country_not_allowed` */
  reason?: string | undefined;
}

export interface PhoneFieldProps {
  id: string;
  label: string;
  /** Called each time the library tells what the field means now. */
  onResult: (result: PhoneResult) => void;
  country?: string;
  countries?: readonly string[];
  testNumbers?: readonly string[];
  lang?: string;
  defaultValue?: string;
  name?: string;
  disabled?: boolean;
  readOnly?: boolean;
  required?: boolean;
  [fromReactHookForm: string]: unknown;
}

export interface PhoneCandidate {
  /** The field with its label, put together as its documentation shows. Its text input is `type=tel`. */
  Field: ComponentType<PhoneFieldProps>;
  /** What a person sees in it. `caret` is null where something is selected or the focus is elsewhere. */
  read: (root: HTMLElement) => { text: string; caret: number | null; country: string | undefined };
  /** What countries are chosen by, if not a native `<select>`: Enter opens it, and typing finds. */
  countryControl?: (root: HTMLElement) => HTMLElement | null;
  /** Chooses a country as a click would, where there is no native `<select>`. */
  choose?: (root: HTMLElement, country: string) => void | Promise<void>;
}

/** What a page of the lab can be asked for, from outside. */
export interface PhoneLab {
  mount: (options: PhoneOptions) => void;
  /** The server's markup without any script of the field. `hydrate` brings that. */
  renderOnServer: (options: PhoneOptions) => void;
  hydrate: () => void;
  rerender: () => void;
  unmount: () => void;
  state: () => {
    text: string;
    caret: number | null;
    country: string | undefined;
    results: PhoneResult[];
    /** Of the last result. */
    e164: string | undefined;
    reason: string | undefined;
    submitted: Record<string, string>[];
  };
  countryControl: () => HTMLElement | null;
  choose: (country: string) => Promise<boolean>;
  violations: string[];
  errors: string[];
}

declare global {
  // oxlint-disable-next-line vars-on-top, no-var
  var phoneLab: PhoneLab;
}

/** The text and the caret of the one text input under `root`: what most candidates read. */
export function readInput(root: HTMLElement): { text: string; caret: number | null } {
  const input = root.querySelector<HTMLInputElement>('input[type=tel]');
  if (!input) return { text: '', caret: null };
  const { value, selectionStart, selectionEnd } = input;
  const isCaret = document.activeElement === input && selectionStart === selectionEnd;
  return { text: value, caret: isCaret ? selectionStart : null };
}

/** Puts a candidate into the page and answers for it. */
export function start({ Field, read, countryControl, choose }: PhoneCandidate): void {
  const current = () => document.getElementById('root') as HTMLElement;
  let results: PhoneResult[] = [];
  let submitted: Record<string, string>[] = [];
  let root: Root | undefined;
  let options: PhoneOptions = {};
  let rerender: () => void = () => undefined;

  function Host() {
    const { host = 'uncontrolled', initial = '', name = 'phone' } = options;
    const [, count] = useState(0);
    const form = useForm({ defaultValues: { phone: initial } });
    useLayoutEffect(() => {
      rerender = () => flushSync(() => count((n) => n + 1));
    }, []);
    const isHookForm = host === 'register';
    const common = {
      id: 'phone',
      label: 'Phone number',
      name,
      ...(options.country && { country: options.country }),
      ...(options.countries && { countries: options.countries }),
      ...(options.testNumbers && { testNumbers: options.testNumbers }),
      ...(options.lang && { lang: options.lang }),
      ...(options.required && { required: true }),
      ...(options.disabled && { disabled: true }),
      ...(options.readOnly && { readOnly: true }),
      onResult: (result: PhoneResult) => void results.push(result),
    };
    return (
      <form
        dir={options.dir}
        onSubmit={(event) => {
          event.preventDefault();
          const data = [...new FormData(event.currentTarget)].filter(
            ([, value]) => typeof value === 'string',
          );
          if (isHookForm) void form.handleSubmit((values) => void submitted.push(values))();
          else submitted.push(Object.fromEntries(data) as Record<string, string>);
        }}
      >
        <button type="button">before</button>
        {isHookForm ? (
          <Field {...common} {...form.register('phone')} />
        ) : (
          <Field {...common} {...(initial && { defaultValue: initial })} />
        )}
        <textarea aria-label="Elsewhere" rows={1} />
        <button type={isHookForm ? 'button' : 'reset'} onClick={() => isHookForm && form.reset()}>
          reset
        </button>
        <button>submit</button>
      </form>
    );
  }
  const tree = () => (options.strict ? <StrictMode>{<Host />}</StrictMode> : <Host />);
  const begin = (next: PhoneOptions) => {
    root?.unmount();
    root = undefined;
    options = next;
    results = [];
    submitted = [];
    document.documentElement.lang = next.lang ?? 'en';
    current().style.width = next.width ? `${next.width}px` : '';
  };

  const lab: PhoneLab = {
    mount(next) {
      begin(next);
      root = createRoot(current());
      flushSync(() => root?.render(tree()));
    },
    renderOnServer(next) {
      begin(next);
      serveMarkup(current(), renderToString(tree()));
    },
    hydrate() {
      root = hydrateRoot(current(), tree());
    },
    rerender: () => rerender(),
    unmount: () => begin(options),
    state: () => ({
      ...read(current()),
      results,
      e164: results.at(-1)?.e164,
      reason: results.at(-1)?.reason,
      submitted,
    }),
    countryControl: () => countryControl?.(current()) ?? current().querySelector('select'),
    async choose(country) {
      await choose?.(current(), country);
      return choose !== undefined;
    },
    violations: [],
    errors: [],
  };
  addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
    lab.violations.push(`${violatedDirective} ${sample}`),
  );
  addEventListener('error', ({ message }) => lab.errors.push(message));
  globalThis.phoneLab = lab;
}
