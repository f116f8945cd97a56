import { cdp, userEvent } from 'vitest/browser';
import { render, screen } from '@testing-library/react';
import { CodeInput, type CodeInputProps } from 'mfa-kit';
import { describe, expect, it } from 'vitest';

import '../../src/styles/index.css';

/** Renders a field beside what a form has around it, and writes down what the field reports. */
function renderField(props: CodeInputProps = {}) {
  const changes: string[] = [];
  const completions: string[] = [];
  render(
    <form onSubmit={(event) => event.preventDefault()}>
      <button type="button">before</button>
      <CodeInput
        aria-label="Code"
        name="code"
        onValueChange={(value) => changes.push(value)}
        onComplete={(value) => completions.push(value)}
        {...props}
      />
      <textarea aria-label="Elsewhere" />
    </form>,
  );
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Code' });
  return { field, changes, completions };
}

const selection = (field: HTMLInputElement) => [field.selectionStart, field.selectionEnd];
const activeSlot = () =>
  [...document.querySelectorAll('.mfa-code-slot')].findIndex((slot) => slot.matches('[data-active]'));
const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

async function paste(text: string) {
  const focused = document.activeElement as HTMLElement;
  const at = focused instanceof HTMLInputElement ? selection(focused) : [];
  const elsewhere = screen.getByLabelText<HTMLTextAreaElement>('Elsewhere');
  elsewhere.value = text;
  elsewhere.focus();
  elsewhere.select();
  await userEvent.copy();
  focused.focus();
  if (focused instanceof HTMLInputElement) focused.setSelectionRange(at[0] ?? 0, at[1] ?? 0);
  await settled();
  await userEvent.paste();
  await settled();
}

/** What a password manager or the browser does: the value and an event, with no word about where. */
function autofill(field: HTMLInputElement, text: string) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

describe('typing', () => {
  it('reports each digit once and the whole code once', async () => {
    const { field, changes, completions } = renderField();
    await userEvent.click(field);
    await userEvent.keyboard('123456');
    expect(changes).toEqual(['1', '12', '123', '1234', '12345', '123456']);
    expect(completions).toEqual(['123456']);
  });

  it('takes no letters, and says nothing about them', async () => {
    const { field, changes } = renderField();
    await userEvent.click(field);
    await userEvent.keyboard('1a-b2');
    expect(field.value).toBe('12');
    expect(changes).toEqual(['1', '12']);
  });

  it('overwrites the last digit when a full field is typed on', async () => {
    const { field, completions } = renderField();
    await userEvent.click(field);
    await userEvent.keyboard('1234567');
    expect(field.value).toBe('123457');
    expect(completions).toEqual(['123456']);
  });

  it('does not send the half-changed codes of correcting a full field', async () => {
    const { field, completions } = renderField();
    await userEvent.click(field);
    await userEvent.keyboard('123456{Home}987');
    expect(field.value).toBe('987456');
    expect(completions).toEqual(['123456']);
  });

  it('moves on over a digit that is right already', async () => {
    const { field, changes } = renderField({ defaultValue: '1234' });
    field.focus();
    await userEvent.keyboard('{Home}1');
    await settled();
    expect(selection(field)).toEqual([1, 2]);
    expect(changes).toEqual([]);
  });

  it('takes digits of every script', async () => {
    const { field } = renderField();
    await userEvent.click(field);
    await cdp().send('Input.insertText', { text: '١' });
    await cdp().send('Input.insertText', { text: '२' });
    await cdp().send('Input.insertText', { text: '３' });
    await cdp().send('Input.insertText', { text: '۴' });
    expect(field.value).toBe('1234');
  });
});

describe('deleting', () => {
  it.each([
    ['at the end stays at the end', '123456', '{Backspace}', '12345', 5],
    ['and typing mends a wrong last digit', '123456', '{Backspace}9', '123459', 5],
    [
      'in the middle closes the gap and steps back',
      '123456',
      '{Home}{ArrowRight}{ArrowRight}{Backspace}',
      '12456',
      1,
    ],
    ['at the first digit stays there', '123456', '{Home}{Backspace}', '23456', 0],
    ['forwards keeps the slot', '123456', '{Home}{ArrowRight}{Delete}', '13456', 1],
    ['again and again empties the field', '1234', '{Backspace}{Backspace}{Backspace}{Backspace}', '', 0],
  ])('%s', async (_title, typed, keys, value, slot) => {
    const { field } = renderField();
    await userEvent.click(field);
    await userEvent.keyboard(typed);
    await settled();
    for (const key of keys.match(/\{\w+\}|\d/g) ?? []) {
      await userEvent.keyboard(key);
      await settled();
    }
    expect(field.value).toBe(value);
    expect(activeSlot()).toBe(slot);
  });
});

describe('keys and pointer', () => {
  it('moves slot by slot, to the first and to where the next digit goes', async () => {
    const { field } = renderField({ defaultValue: '1234' });
    await userEvent.click(screen.getByRole('button', { name: 'before' }));
    await userEvent.tab();
    expect(document.activeElement).toBe(field);
    await settled();
    expect(activeSlot()).toBe(4);
    for (const [key, slot] of [
      ['{ArrowLeft}', 3],
      ['{ArrowLeft}', 2],
      ['{ArrowRight}', 3],
      ['{Home}', 0],
      ['{ArrowLeft}', 0],
      ['{End}', 4],
      ['{ArrowRight}', 4],
      ['{ArrowUp}', 0],
      ['{ArrowDown}', 4],
    ] as const) {
      await userEvent.keyboard(key);
      await settled();
      expect([key, activeSlot()]).toEqual([key, slot]);
    }
    await userEvent.tab();
    expect(screen.getByLabelText('Elsewhere')).toHaveFocus();
  });

  it('chooses the digit that is pressed', async () => {
    const { field } = renderField({ defaultValue: '123456' });
    const slot = document.querySelectorAll('.mfa-code-slot')[2]!.getBoundingClientRect();
    const own = field.getBoundingClientRect();
    await userEvent.click(field, {
      position: { x: slot.left - own.left + slot.width * 0.8, y: own.height / 2 },
    });
    await settled();
    expect(selection(field)).toEqual([2, 3]);
    await userEvent.keyboard('9');
    expect(field.value).toBe('129456');
  });

  it('selects everything by a double press and by Ctrl+A, and extends by Shift', async () => {
    const { field } = renderField({ defaultValue: '123456' });
    await userEvent.dblClick(field);
    await settled();
    expect(selection(field)).toEqual([0, 6]);
    await userEvent.keyboard('{Home}{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
    await settled();
    expect(selection(field)).toEqual([0, 3]);
    await userEvent.keyboard('{Control>}a{/Control}');
    await settled();
    expect(selection(field)).toEqual([0, 6]);
    await userEvent.keyboard('7');
    expect(field.value).toBe('7');
  });

  it('undoes what was typed', async () => {
    const { field } = renderField();
    await userEvent.click(field);
    await userEvent.keyboard('12');
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(field.value.length).toBeLessThan(2);
  });
});

describe('pasting and autofill', () => {
  it.each([
    ['123456', '123456'],
    ['123 456', '123456'],
    ['12-34-56', '123456'],
    ['G-123456', '123456'],
    ['Your 2FA code is 123456', '123456'],
    ['Your 2FA code is 123 456. It is valid for 10 minutes.', '123456'],
    ['١٢٣٤٥٦', '123456'],
    ['On 2024-01-02 your code was 123456', '123456'],
  ])('reads the code in %j', async (text, code) => {
    const { field, completions } = renderField();
    await userEvent.click(field);
    await paste(text);
    expect(field.value).toBe(code);
    expect(completions).toEqual([code]);
  });

  it('puts a whole code in place of everything, wherever the caret was', async () => {
    const { field, completions } = renderField({ defaultValue: '99' });
    field.focus();
    await userEvent.keyboard('{Home}');
    await paste('123456');
    expect(field.value).toBe('123456');
    expect(completions).toEqual(['123456']);
  });

  it('overwrites from the chosen slot with a part of a code', async () => {
    const { field } = renderField({ defaultValue: '123456' });
    field.focus();
    await userEvent.keyboard('{Home}{ArrowRight}');
    await settled();
    await paste('89');
    expect(field.value).toBe('189456');
    expect(activeSlot()).toBe(3);
  });

  it('changes nothing for a text without digits', async () => {
    const { field, changes } = renderField({ defaultValue: '123' });
    field.focus();
    await paste('no code here');
    expect(field.value).toBe('123');
    expect(changes).toEqual([]);
  });

  it('takes an autofilled code whole after a first digit was typed', async () => {
    const { field, completions } = renderField();
    await userEvent.click(field);
    await userEvent.keyboard('1');
    autofill(field, '198765');
    expect(field.value).toBe('198765');
    expect(completions).toEqual(['198765']);
  });

  it('submits once when autofill fires four events', () => {
    const { field, changes, completions } = renderField();
    for (let event = 0; event < 4; event += 1) autofill(field, '123456');
    expect(changes).toEqual(['123456']);
    expect(completions).toEqual(['123456']);
  });

  it('takes a code that is inserted at once, as keyboards suggest it', async () => {
    const { field, completions } = renderField();
    await userEvent.click(field);
    await userEvent.keyboard('1');
    await cdp().send('Input.insertText', { text: '123456' });
    expect(field.value).toBe('123456');
    expect(completions).toEqual(['123456']);
  });
});

describe('input methods', () => {
  it('reports what is being composed as soon as it is a code', async () => {
    const { field, changes } = renderField();
    await userEvent.click(field);
    await cdp().send('Input.imeSetComposition', { text: '1', selectionStart: 1, selectionEnd: 1 });
    await cdp().send('Input.imeSetComposition', { text: '12', selectionStart: 2, selectionEnd: 2 });
    await cdp().send('Input.insertText', { text: '12' });
    await settled();
    expect(field.value).toBe('12');
    expect(changes).toEqual(['1', '12']);
  });

  it('waits for the end where the draft is no digit yet', async () => {
    const { field, changes } = renderField();
    await userEvent.click(field);
    await cdp().send('Input.imeSetComposition', { text: '１', selectionStart: 1, selectionEnd: 1 });
    expect(field.value).toBe('１');
    expect(changes).toEqual([]);
    await cdp().send('Input.insertText', { text: '１' });
    await settled();
    expect(field.value).toBe('1');
    expect(changes).toEqual(['1']);
  });
});

describe('in a form', () => {
  it('hands over its digits, and is invalid while they are too few', async () => {
    const { field } = renderField({ required: true });
    const { form } = field;
    expect(field.validity.valueMissing).toBe(true);
    await userEvent.click(field);
    await userEvent.keyboard('123');
    expect(field.validity.patternMismatch).toBe(true);
    await userEvent.keyboard('456');
    expect(field.validity.valid).toBe(true);
    expect(form && new FormData(form).get('code')).toBe('123456');
  });

  it('starts over when the form is reset', async () => {
    const { field, completions } = renderField();
    await userEvent.click(field);
    await userEvent.keyboard('123456');
    field.form?.reset();
    await settled();
    expect(field.value).toBe('');
    autofill(field, '123456');
    expect(completions).toEqual(['123456', '123456']);
  });

  it('changes nothing while it is read-only', async () => {
    const { field, changes } = renderField({ readOnly: true, defaultValue: '123' });
    await userEvent.click(field);
    await userEvent.keyboard('9{Backspace}{Delete}');
    await paste('654321');
    expect(field.value).toBe('123');
    expect(changes).toEqual([]);
  });
});

it('keeps a digit in the middle of its slot', async () => {
  const { field } = renderField();
  await userEvent.click(field);
  await userEvent.keyboard('888888');
  const style = getComputedStyle(field);
  const slots = [...document.querySelectorAll('.mfa-code-slot')].map((slot) => slot.getBoundingClientRect());
  const canvas = document.createElement('canvas').getContext('2d')!;
  canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const digit = canvas.measureText('8').width;
  const pitch = digit + parseFloat(style.letterSpacing);
  const start = field.getBoundingClientRect().left + parseFloat(style.paddingInlineStart);
  for (const [index, slot] of slots.entries()) {
    expect(Math.abs(start + index * pitch + digit / 2 - (slot.left + slot.width / 2))).toBeLessThan(1.5);
  }
  expect(field.scrollLeft).toBe(0);
});
