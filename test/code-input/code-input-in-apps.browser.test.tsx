import { cdp, userEvent } from 'vitest/browser';
import { render, screen } from '@testing-library/react';
import { CodeInput } from 'mfa-kit';
import { StrictMode, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { expect, it } from 'vitest';
import '../../src/styles/index.css';

const settled = (ms = 40) => new Promise((r) => setTimeout(r, ms));
const sel = (f: HTMLInputElement) => [f.selectionStart, f.selectionEnd];
const get = () => screen.getByLabelText<HTMLInputElement>('Code');
function autofill(field: HTMLInputElement, text: string) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function Plain() {
  const [v, set] = useState('');
  return <CodeInput aria-label="Code" value={v} onChange={(e) => set(e.target.value)} />;
}
it('takes digits where the app keeps them by onChange', async () => {
  render(<Plain />);
  await userEvent.click(get());
  await userEvent.keyboard('123456');
  await settled();
  expect(get().value).toBe('123456');
});
function WithController({ got }: { got: (v: string) => void }) {
  const { control, handleSubmit } = useForm({ defaultValues: { code: '' } });
  return (
    <form onSubmit={(e) => void handleSubmit(({ code }) => got(code))(e)}>
      <Controller
        control={control}
        name="code"
        render={({ field }) => <CodeInput aria-label="Code" {...field} />}
      />
      <button>go</button>
    </form>
  );
}
it('works as a Controller’s field', async () => {
  let got = '';
  render(<WithController got={(v) => (got = v)} />);
  await userEvent.click(get());
  await userEvent.keyboard('123456');
  await settled();
  await userEvent.click(screen.getByText('go'));
  await settled();
  expect([get().value, got]).toEqual(['123456', '123456']);
});
function WithRegister({ got }: { got: (v: string) => void }) {
  const { register, handleSubmit, reset } = useForm({ defaultValues: { code: '' } });
  return (
    <form onSubmit={(e) => void handleSubmit(({ code }) => got(code))(e)}>
      <CodeInput aria-label="Code" {...register('code')} />
      <button>go</button>
      <button type="button" onClick={() => reset()}>
        reset
      </button>
    </form>
  );
}
it('works with register, blanks in a paste included', async () => {
  let got = '';
  render(<WithRegister got={(v) => (got = v)} />);
  await userEvent.click(get());
  await cdp().send('Input.insertText', { text: '123 456' });
  await settled();
  await userEvent.click(screen.getByText('go'));
  await settled();
  expect([get().value, got]).toEqual(['123456', '123456']);
});
function Controlled() {
  const [v, set] = useState('');
  return (
    <StrictMode>
      <CodeInput aria-label="Code" value={v} onValueChange={(n) => n.length <= 3 && set(n)} />
    </StrictMode>
  );
}
it('gives back a value that the app refuses', async () => {
  render(<Controlled />);
  await userEvent.click(get());
  await userEvent.keyboard('12345');
  await settled();
  expect(get().value).toBe('123');
});
it('keeps a refused code selected while the window is away', async () => {
  render(<CodeInput aria-label="Code" />);
  await userEvent.click(get());
  await userEvent.keyboard('123456');
  get().select();
  await settled();
  expect(sel(get())).toEqual([0, 6]);
  // What Chromium fires when another window is chosen and this one comes back.
  get().dispatchEvent(new FocusEvent('blur'));
  dispatchEvent(new FocusEvent('blur'));
  await settled();
  dispatchEvent(new FocusEvent('focus'));
  get().dispatchEvent(new FocusEvent('focus'));
  await settled();
  expect(sel(get())).toEqual([0, 6]);
});
it('goes to the next slot, and changes nothing, when the label is pressed', async () => {
  render(
    <>
      <label htmlFor="x">The label</label>
      <CodeInput id="x" aria-label="Code" defaultValue="1234" />
    </>,
  );
  await userEvent.click(screen.getByText('The label'));
  await settled();
  expect(sel(get())).toEqual([4, 4]);
});
it('reports the same code again after the person has reset the form', async () => {
  const done: string[] = [];
  render(
    <form>
      <CodeInput aria-label="Code" onComplete={(v) => done.push(v)} />
      <button type="reset">R</button>
    </form>,
  );
  await userEvent.click(get());
  await userEvent.keyboard('123456');
  await userEvent.click(screen.getByText('R'));
  await settled();
  expect(get().value).toBe('');
  autofill(get(), '123456');
  await settled();
  expect(done).toEqual(['123456', '123456']);
});

it('undoes and redoes an overwritten digit', async () => {
  render(<CodeInput aria-label="Code" />);
  await userEvent.click(get());
  await userEvent.keyboard('123456');
  await settled();
  await userEvent.keyboard('{Home}');
  await settled();
  await userEvent.keyboard('9');
  await settled();
  expect(get().value).toBe('923456');
  await userEvent.keyboard('{Control>}z{/Control}');
  await settled();
  expect(get().value).toBe('123456');
});

it('cuts a code and pastes it back', async () => {
  render(<CodeInput aria-label="Code" />);
  await userEvent.click(get());
  await userEvent.keyboard('123456');
  await settled();
  await userEvent.keyboard('{Control>}a{/Control}');
  await settled();
  await userEvent.cut();
  await settled();
  expect(get().value).toBe('');
  await userEvent.paste();
  await settled();
  expect(get().value).toBe('123456');
});
it('keeps undo and caret when a letter is typed over a digit', async () => {
  render(<CodeInput aria-label="Code" />);
  await userEvent.click(get());
  await userEvent.keyboard('123456{Home}');
  await settled();
  await userEvent.keyboard('a');
  await settled();
  expect([get().value, ...sel(get())]).toEqual(['123456', 0, 1]);
});

it('composes in a field whose value the app keeps', async () => {
  function C() {
    const [v, set] = useState('');
    return <CodeInput aria-label="Code" value={v} onValueChange={set} />;
  }
  render(<C />);
  await userEvent.click(get());
  await cdp().send('Input.imeSetComposition', { text: '１', selectionStart: 1, selectionEnd: 1 });
  await cdp().send('Input.insertText', { text: '１' });
  await settled();
  await userEvent.keyboard('2');
  await settled();
  expect(get().value).toBe('12');
});
it('is not left pressed by a press that was cancelled', async () => {
  render(<CodeInput aria-label="Code" defaultValue="123456" />);
  const f = get();
  f.focus();
  await settled();
  f.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  f.dispatchEvent(new PointerEvent('pointercancel', { bubbles: true }));
  f.setSelectionRange(2, 2);
  await settled();
  expect(sel(f)).toEqual([2, 3]);
});
