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
        const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
        setValue?.call(input, filled);
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
        [...new FormData(form ?? undefined)].map(([name, value]) => [name, String(value)]),
      );
    });
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
