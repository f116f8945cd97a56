import { type ComponentType, StrictMode, useLayoutEffect, useReducer, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { Controller, useForm } from 'react-hook-form';

import { serveMarkup } from './serve-markup.ts';

/** How the app around the field keeps its value. */
export type CodeHost =
  | 'uncontrolled'
  | 'controlled'
  /** Controlled, and takes at most three digits. */
  | 'refusing'
  /** react-hook-form, by `register` and by `Controller`. */
  | 'register'
  | 'controller';

export interface CodeOptions {
  length?: number;
  /** What the field begins with. */
  initial?: string;
  name?: string;
  required?: boolean;
  disabled?: boolean;
  readOnly?: boolean;
  invalid?: boolean;
  autoFocus?: boolean;
  host?: CodeHost;
  strict?: boolean;
  dir?: 'ltr' | 'rtl';
  /** CSS pixels that the field's surroundings are wide. */
  width?: number;
}

export interface CodeFieldProps {
  id: string;
  label: string;
  length: number;
  onValueChange: (value: string) => void;
  onComplete: (value: string) => void;
  value?: string;
  defaultValue?: string;
  name?: string;
  required?: boolean;
  disabled?: boolean;
  readOnly?: boolean;
  autoFocus?: boolean;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
  [fromReactHookForm: string]: unknown;
}

export interface CodeCandidate {
  /** The field with its label, put together as its documentation shows. */
  Field: ComponentType<CodeFieldProps>;
  /** What it holds, and which slot the next digit goes to (-1 where none is marked). */
  read: (root: HTMLElement) => { value: string; active: number };
  /** The boxes a person sees. */
  slots: (root: HTMLElement) => Element[];
}

/** What a page of the lab can be asked for, from outside. */
export interface CodeLab {
  mount: (options: CodeOptions) => void;
  /** The server's markup without any script of the field. `hydrate` brings that. */
  renderOnServer: (options: CodeOptions) => void;
  hydrate: () => void;
  /** The app sets the value. Controlled hosts only. */
  write: (value: string) => void;
  rerender: () => void;
  unmount: () => void;
  state: () => {
    value: string;
    active: number;
    changes: string[];
    completions: string[];
    submitted: string[];
  };
  slotBoxes: () => { x: number; y: number; width: number; height: number }[];
  violations: string[];
  errors: string[];
}

declare global {
  // oxlint-disable-next-line vars-on-top, no-var
  var codeLab: CodeLab;
}

/** What a field has told its app. */
interface Heard {
  changes: string[];
  completions: string[];
  submitted: string[];
}

interface HostProps {
  Field: ComponentType<CodeFieldProps>;
  options: CodeOptions;
  heard: Heard;
  /** Takes what the page can ask of the app from now on. */
  serve: (app: { write: (value: string) => void; rerender: () => void }) => void;
}

/** An app with the field in a form, among other controls. */
function Host({ Field, options, heard, serve }: HostProps) {
  const { host = 'uncontrolled', initial = '', length = 6, name = 'code' } = options;
  const [value, setValue] = useState(initial);
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  const form = useForm({ defaultValues: { code: initial } });
  const isHookForm = host === 'register' || host === 'controller';
  useLayoutEffect(() => {
    serve({
      write: (next) => flushSync(() => (isHookForm ? form.setValue('code', next) : setValue(next))),
      rerender: () => flushSync(rerender),
    });
  }, [serve, form, isHookForm]);

  const common = {
    id: 'code',
    label: 'One-time code',
    length,
    ...(options.required && { required: true }),
    ...(options.disabled && { disabled: true }),
    ...(options.readOnly && { readOnly: true }),
    ...(options.autoFocus && { autoFocus: true }),
    ...(options.invalid && { 'aria-invalid': true }),
    'aria-describedby': 'hint',
    name,
    onComplete: (next: string) => void heard.completions.push(next),
  };
  const note = (next: string) => void heard.changes.push(next);
  const keep = (next: string) => {
    note(next);
    if (host === 'controlled' || next.length <= 3) setValue(next);
  };
  return (
    <form
      dir={options.dir}
      onSubmit={(event) => {
        event.preventDefault();
        const sent = new FormData(event.currentTarget).get(name);
        if (isHookForm) void form.handleSubmit(({ code }) => void heard.submitted.push(code))();
        else heard.submitted.push(typeof sent === 'string' ? sent : 'nothing');
      }}
    >
      <button type="button">before</button>
      {host === 'uncontrolled' && (
        <Field {...common} {...(initial && { defaultValue: initial })} onValueChange={note} />
      )}
      {(host === 'controlled' || host === 'refusing') && (
        <Field {...common} value={value} onValueChange={keep} />
      )}
      {host === 'register' && <Field {...common} {...form.register('code')} onValueChange={note} />}
      {host === 'controller' && (
        <Controller
          control={form.control}
          name="code"
          render={({ field }) => (
            <Field
              {...common}
              {...field}
              ref={undefined}
              onValueChange={(next) => {
                note(next);
                field.onChange(next);
              }}
            />
          )}
        />
      )}
      <p id="hint">Six digits from your app.</p>
      <textarea aria-label="Elsewhere" rows={1} />
      <button type={isHookForm ? 'button' : 'reset'} onClick={() => isHookForm && form.reset()}>
        reset
      </button>
      <button>submit</button>
    </form>
  );
}

/** Puts a candidate into the page and answers for it. */
export function start({ Field, read, slots }: CodeCandidate): void {
  const current = () => document.getElementById('root') as HTMLElement;
  const nothing = (): Heard => ({ changes: [], completions: [], submitted: [] });
  let heard = nothing();
  let root: Root | undefined;
  let options: CodeOptions = {};
  let app = { write: (_value: string) => {}, rerender: () => {} };
  const serve: HostProps['serve'] = (served) => (app = served);
  const tree = () => {
    const host = <Host Field={Field} options={options} heard={heard} serve={serve} />;
    return options.strict ? <StrictMode>{host}</StrictMode> : host;
  };
  const begin = (next: CodeOptions) => {
    root?.unmount();
    root = undefined;
    options = next;
    heard = nothing();
    current().style.width = next.width ? `${next.width}px` : '';
  };

  const lab: CodeLab = {
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
    write: (value) => app.write(value),
    rerender: () => app.rerender(),
    unmount: () => begin(options),
    state: () => ({ ...read(current()), ...heard }),
    slotBoxes: () =>
      slots(current()).map((slot) => {
        const { x, y, width, height } = slot.getBoundingClientRect();
        return { x, y, width, height };
      }),
    violations: [],
    errors: [],
  };
  addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
    lab.violations.push(`${violatedDirective} ${sample}`),
  );
  addEventListener('error', ({ message }) => lab.errors.push(message));
  globalThis.codeLab = lab;
}
