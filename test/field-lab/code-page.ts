import type { Browser } from 'playwright';

import type { CodeOptions } from './code-host.tsx';
import { FieldPage } from './field-page.ts';

/** A code field on a page, as a person meets it. */
export class CodePage extends FieldPage {
  static async open(browser: Browser, address: string): Promise<CodePage> {
    const { page, cdp } = await FieldPage.openTab(await browser.newContext({ locale: 'en-US' }));
    return new CodePage(page, cdp, address);
  }

  async mount(options: CodeOptions = {}): Promise<void> {
    await this.page.evaluate((given) => codeLab.mount(given), options);
    await this.settle();
  }

  /** Mounts, and comes to the field by the Tab key from the button before it. */
  async enter(options: CodeOptions = {}): Promise<void> {
    await this.mount(options);
    await this.page.getByRole('button', { name: 'before' }).focus();
    await this.press('Tab');
  }

  /** The server's markup, before any script of the field. */
  async serve(options: CodeOptions = {}): Promise<void> {
    await this.page.evaluate((given) => codeLab.renderOnServer(given), options);
  }

  async hydrate(): Promise<void> {
    await this.page.evaluate(() => codeLab.hydrate());
    await this.settle();
  }

  /** The app sets the value (controlled hosts). */
  async write(value: string): Promise<void> {
    await this.page.evaluate((next) => codeLab.write(next), value);
    await this.settle();
  }

  async rerender(): Promise<void> {
    await this.page.evaluate(() => codeLab.rerender());
    await this.settle();
  }

  /** What a password manager does to the input that takes one-time codes: the value whole, and events. */
  async autofill(text: string, { events = ['input', 'change'] }: { events?: string[] } = {}): Promise<void> {
    await this.page.evaluate(
      ({ text: filled, events: types }) => {
        const input =
          document.querySelector<HTMLInputElement>('#root input[autocomplete="one-time-code"]') ??
          document.querySelector<HTMLInputElement>('#root input');
        if (!input) throw new Error('No input to fill.');
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, filled);
        for (const type of types) input.dispatchEvent(new Event(type, { bubbles: true }));
      },
      { text, events },
    );
    await this.settle();
  }

  /** Presses a slot, counted from 0, at a place within it: 0 is its left edge and 1 its right one. */
  async pressSlot(
    slot: number,
    { at = 0.5, clicks = 1, shift = false }: { at?: number; clicks?: number; shift?: boolean } = {},
  ): Promise<void> {
    const box = (await this.slotBoxes())[slot];
    if (!box) throw new Error(`No slot ${slot}.`);
    if (shift) await this.page.keyboard.down('Shift');
    await this.page.mouse.click(box.x + box.width * at, box.y + box.height / 2, { clickCount: clicks });
    if (shift) await this.page.keyboard.up('Shift');
    await this.settle();
  }

  /** Presses at one place, moves to another and lets go. A place is a slot, and 0 to 1 from its left edge to its right one. */
  async dragSlots(...path: [slot: number, at: number][]): Promise<void> {
    const boxes = await this.slotBoxes();
    for (const [step, [slot, at]] of path.entries()) {
      const box = boxes[slot];
      if (!box) throw new Error(`No slot ${slot}.`);
      await this.page.mouse.move(box.x + box.width * at, box.y + box.height / 2, { steps: step ? 8 : 1 });
      if (step === 0) await this.page.mouse.down();
    }
    await this.page.mouse.up();
    await this.settle();
  }

  /** Writes a text elsewhere on the page and drags it onto the field. */
  async dropText(text: string): Promise<void> {
    const elsewhere = this.page.getByRole('textbox', { name: 'Elsewhere' });
    await elsewhere.fill(text);
    await elsewhere.selectText();
    const from = await elsewhere.boundingBox();
    const [slot] = await this.slotBoxes();
    if (!from || !slot) throw new Error('Nothing to drag, or nowhere to drop it.');
    await this.page.mouse.move(from.x + 12, from.y + 12);
    await this.page.mouse.down();
    await this.page.mouse.move(slot.x + slot.width / 2, slot.y + slot.height / 2, { steps: 8 });
    await this.page.mouse.up();
    await this.settle();
  }

  slotBoxes() {
    return this.page.evaluate(() => codeLab.slotBoxes());
  }

  state() {
    return this.page.evaluate(() => codeLab.state());
  }

  async value(): Promise<string> {
    return (await this.state()).value;
  }

  /** The slot that the next digit goes to. */
  async active(): Promise<number> {
    return (await this.state()).active;
  }

  async changes(): Promise<string[]> {
    return (await this.state()).changes;
  }

  async completions(): Promise<string[]> {
    return (await this.state()).completions;
  }

  /** What is selected in the focused input, as text. */
  selected(): Promise<string> {
    return this.page.evaluate(() => {
      const { activeElement } = document;
      if (!(activeElement instanceof HTMLInputElement)) return '';
      return activeElement.value.slice(activeElement.selectionStart ?? 0, activeElement.selectionEnd ?? 0);
    });
  }

  /** What the form would send. */
  formData(): Promise<Record<string, string>> {
    return this.page.evaluate(() => {
      const form = document.querySelector<HTMLFormElement>('#root form');
      return Object.fromEntries(
        [...new FormData(form ?? undefined)].map(([name, value]) => [
          name,
          typeof value === 'string' ? value : value.name,
        ]),
      );
    });
  }

  /** How many inputs can be seen and typed in. */
  shownFields(): Promise<number> {
    return this.page.locator('#root input:not([tabindex="-1"]):visible').count();
  }

  /** The inputs' attributes, the one for one-time codes first. */
  attributes(...names: string[]): Promise<Record<string, string | null>[]> {
    return this.page.evaluate(
      (asked) =>
        [...document.querySelectorAll('#root input')]
          .filter((input) => input.getAttribute('type') !== 'hidden')
          .map((input) => Object.fromEntries(asked.map((name) => [name, input.getAttribute(name)])))
          .sort(
            (one, other) =>
              Number(other['autocomplete'] === 'one-time-code') -
              Number(one['autocomplete'] === 'one-time-code'),
          ),
      names,
    );
  }

  /** The input that takes one-time codes: its right edge, and the size of its text. */
  inputBox(): Promise<{ right: number; fontSize: number }> {
    return this.page.evaluate(() => {
      const input =
        document.querySelector('#root input[autocomplete="one-time-code"]') ??
        document.querySelector('#root input');
      if (!input) throw new Error('No input.');
      return {
        right: input.getBoundingClientRect().right,
        fontSize: parseFloat(getComputedStyle(input).fontSize),
      };
    });
  }

  /** Where the slots and what stands around the field are. */
  async layout(): Promise<number[][]> {
    const around = await this.page.evaluate(() =>
      [...document.querySelectorAll('#root button, #root #hint, #root textarea')].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [x, y, width, height];
      }),
    );
    return [...(await this.slotBoxes()).map(({ x, y, width, height }) => [x, y, width, height]), ...around];
  }

  /** A picture of the slots, or of one, and a little around it. */
  async picture(slot?: number): Promise<Buffer> {
    const all = await this.slotBoxes();
    const boxes = slot === undefined ? all : all.slice(slot, slot + 1);
    const around = slot === undefined ? 6 : 0;
    const left = Math.floor(Math.min(...boxes.map(({ x }) => x)) - around);
    const top = Math.floor(Math.min(...boxes.map(({ y }) => y)) - around);
    const right = Math.ceil(Math.max(...boxes.map(({ x, width }) => x + width)) + around);
    const bottom = Math.ceil(Math.max(...boxes.map(({ y, height }) => y + height)) + around);
    const clip = { x: Math.max(0, left), y: Math.max(0, top), width: right - left, height: bottom - top };
    return this.page.screenshot({ clip, caret: 'initial' });
  }

  /** How many elements and listeners the page has outside of the field's own place. */
  async leftovers(): Promise<number[]> {
    const listeners = await Promise.all(
      ['document', 'window', 'document.body'].map(async (expression) => {
        const { result } = await this.cdp.send('Runtime.evaluate', { expression });
        const { listeners: found } = await this.cdp.send('DOMDebugger.getEventListeners', {
          objectId: result.objectId ?? '',
        });
        return found.length;
      }),
    );
    return [...listeners, await this.page.evaluate(() => document.querySelectorAll('*').length)];
  }

  isFormValid(): Promise<boolean> {
    return this.page.evaluate(
      () => document.querySelector<HTMLFormElement>('#root form')?.checkValidity() === true,
    );
  }

  async pressButton(name: 'before' | 'reset' | 'submit'): Promise<void> {
    await this.page.getByRole('button', { name }).click();
    await this.settle();
  }
}
