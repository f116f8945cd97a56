import { type ComponentType, StrictMode, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { Controller, useForm } from 'react-hook-form';

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

/** Puts a candidate into the page and answers for it. */
export function start({ Field, read, slots }: CodeCandidate): void {
  const current = () => document.getElementById('root') as HTMLElement;
  let changes: string[] = [];
  let completions: string[] = [];
  let submitted: string[] = [];
  let root: Root | undefined;
  let options: CodeOptions = {};
  let write: (value: string) => void = () => undefined;
  let rerender: () => void = () => undefined;

  function Host() {
    const { host = 'uncontrolled', initial = '', length = 6 } = options;
    const [value, setValue] = useState(initial);
    const [, count] = useState(0);
    const form = useForm({ defaultValues: { code: initial } });
    write = (next) => flushSync(() => (host === 'controller' ? form.setValue('code', next) : setValue(next)));
    rerender = () => flushSync(() => count((n) => n + 1));
    const isHookForm = host === 'register' || host === 'controller';
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
      name: options.name ?? 'code',
      onComplete: (next: string) => void completions.push(next),
    };
    const note = (next: string) => void changes.push(next);
    const field = {
      uncontrolled: () => (
        <Field {...common} {...(initial && { defaultValue: initial })} onValueChange={note} />
      ),
      controlled: () => (
        <Field {...common} value={value} onValueChange={(next) => (note(next), setValue(next))} />
      ),
      refusing: () => (
        <Field
          {...common}
          value={value}
          onValueChange={(next) => {
            note(next);
            if (next.length <= 3) setValue(next);
          }}
        />
      ),
      register: () => <Field {...common} {...form.register('code')} onValueChange={note} />,
      controller: () => (
        <Controller
          control={form.control}
          name="code"
          render={({ field: { ref: _, ...controlled } }) => (
            <Field
              {...common}
              {...controlled}
              onValueChange={(next) => (note(next), controlled.onChange(next))}
            />
          )}
        />
      ),
    }[host]();
    return (
      <form
        dir={options.dir}
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          if (isHookForm) void form.handleSubmit(({ code }) => void submitted.push(code))();
          else submitted.push(String(data.get(options.name ?? 'code')));
        }}
      >
        <button type="button">before</button>
        {field}
        <p id="hint">Six digits from your app.</p>
        <textarea aria-label="Elsewhere" rows={1} />
        <button type={isHookForm ? 'button' : 'reset'} onClick={() => isHookForm && form.reset()}>
          reset
        </button>
        <button>submit</button>
      </form>
    );
  }
  const tree = () => (options.strict ? <StrictMode>{<Host />}</StrictMode> : <Host />);
  const begin = (next: CodeOptions) => {
    root?.unmount();
    root = undefined;
    options = next;
    changes = [];
    completions = [];
    submitted = [];
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
      current().replaceWith(parse(renderToString(tree())));
    },
    hydrate() {
      root = hydrateRoot(current(), tree());
    },
    write: (value) => write(value),
    rerender: () => rerender(),
    unmount: () => begin(options),
    state: () => ({ ...read(current()), changes, completions, submitted }),
    slotBoxes: () =>
      slots(current()).map((slot) => {
        const { x, y, width, height } = slot.getBoundingClientRect();
        return { x, y, width, height };
      }),
    violations: [],
    errors: [],
  };
  /** Markup as a server sends it; `innerHTML` is refused under trusted types. */
  function parse(markup: string): HTMLElement {
    const policy = trustedTypes?.createPolicy(`served-${performance.now()}`, { createHTML: (html) => html });
    const served = document.createElement('div');
    served.id = 'root';
    served.style.width = current().style.width;
    served.innerHTML = (policy?.createHTML(markup) ?? markup) as string;
    return served;
  }
  addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
    lab.violations.push(`${violatedDirective} ${sample}`),
  );
  addEventListener('error', ({ message }) => lab.errors.push(message));
  globalThis.codeLab = lab;
}

/** In Chromium's global scope, and not in TypeScript's `lib.dom` yet. */
declare const trustedTypes:
  | {
      createPolicy: (
        name: string,
        rules: { createHTML: (html: string) => string },
      ) => { createHTML: (html: string) => unknown };
    }
  | undefined;
