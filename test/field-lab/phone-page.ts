import type { Browser, Locator } from 'playwright';

import { FieldPage } from './field-page.ts';
import type { PhoneLab, PhoneOptions, PhoneResult } from './phone-host.tsx';

/** A phone number field on a page, as a person meets it. */
export class PhonePage extends FieldPage {
  /** Addresses that the page has asked for since it was opened. */
  requests: string[] = [];
  private readonly underWay = new Set<object>();
  private isFresh = false;

  static async open(browser: Browser, address: string): Promise<PhonePage> {
    const { page, cdp } = await FieldPage.openTab(await browser.newContext({ locale: 'en-US' }));
    const field = new PhonePage(page, cdp, address);
    page.on('request', (request) => {
      field.requests.push(request.url());
      field.underWay.add(request);
    });
    page.on('requestfinished', (request) => field.underWay.delete(request));
    page.on('requestfailed', (request) => field.underWay.delete(request));
    return field;
  }

  /** The next mount opens the page anew. */
  override async clear(): Promise<void> {
    this.isFresh = false;
    await this.page.unrouteAll({ behavior: 'ignoreErrors' });
  }

  /** A page without anything of the one before: what `clear` does elsewhere. */
  async visit(options?: Parameters<FieldPage['clear']>[0]): Promise<void> {
    this.requests = [];
    this.underWay.clear();
    await super.clear(options);
    this.isFresh = true;
  }

  /** Mounts on a fresh page. */
  async mount(options: PhoneOptions = {}): Promise<void> {
    if (!this.isFresh) await this.visit();
    await this.page.evaluate((given) => phoneLab.mount(given), options);
    await this.settle();
  }

  /**
   * One number, on the page as it is: mounted in place of what was there, and each step waited for only once. What
   * `clear`, `enter`, `type` and `leave` do, many times faster.
   */
  async tryNumber(
    options: PhoneOptions,
    way: 'typed' | 'pasted' | 'autofilled',
    text: string,
  ): Promise<ReturnType<PhoneLab['state']>> {
    if (this.page.url() === 'about:blank') await this.visit();
    await this.page.evaluate((given) => {
      phoneLab.mount(given);
      document.querySelector<HTMLInputElement>('#root input[type=tel]')?.focus();
    }, options);
    if (this.underWay.size > 0) await this.ready();
    if (way === 'typed') await this.typeFast(text);
    else if (way === 'pasted') await this.paste(text);
    else await this.autofill(text);
    await this.page.evaluate(() => document.querySelector<HTMLElement>('#root textarea')?.focus());
    await this.ready();
    return this.state();
  }

  /** Mounts, and comes to the text input by the Tab key from the button before it. */
  async enter(options: PhoneOptions = {}): Promise<void> {
    await this.mount(options);
    await this.comeIn();
    await this.ready();
  }

  /** By the Tab key, past what stands between: the country's control. */
  async comeIn(): Promise<void> {
    await this.page.getByRole('button', { name: 'before' }).focus();
    for (let stops = 0; stops < 5; stops++) {
      await this.press('Tab');
      if (await this.input.evaluate((input) => input === document.activeElement)) return;
    }
    throw new Error('The Tab key does not reach the text input.');
  }

  /** Until nothing is on its way to the page any more: the engine of a field, if it is loaded by need. */
  async ready(): Promise<void> {
    const end = Date.now() + 5000;
    await this.settle();
    // One request can lead to the next: a chunk and what it imports.
    for (let quiet = this.underWay.size > 0 ? 0 : 3; quiet < 3 && Date.now() < end; quiet += 1) {
      await this.settle();
      if (this.underWay.size > 0) quiet = 0;
    }
  }

  get input(): Locator {
    return this.page.locator('#root input[type=tel]');
  }

  /** The server's markup, before any script of the field. */
  async serve(options: PhoneOptions = {}): Promise<void> {
    if (!this.isFresh) await this.visit();
    await this.page.evaluate((given) => phoneLab.renderOnServer(given), options);
  }

  async hydrate(): Promise<void> {
    await this.page.evaluate(() => phoneLab.hydrate());
    await this.settle();
  }

  async rerender(): Promise<void> {
    await this.page.evaluate(() => phoneLab.rerender());
    await this.settle();
  }

  async unmount(): Promise<void> {
    await this.page.evaluate(() => phoneLab.unmount());
    await this.settle();
  }

  /** As `type`, without waiting after each key: the events still come one by one. */
  async typeFast(text: string): Promise<void> {
    const keys = Array.from(text).flatMap((key) => [
      this.cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key }),
      this.cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key }),
    ]);
    await Promise.all(keys);
  }

  /** What a browser or a password manager does: the value whole, and its events. */
  async autofill(text: string): Promise<void> {
    await this.input.evaluate((input, filled) => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, filled);
      for (const type of ['input', 'change']) input.dispatchEvent(new Event(type, { bubbles: true }));
    }, text);
  }

  /** Chooses a country by hand. */
  async chooseCountry(country: string): Promise<void> {
    const select = this.page.locator('#root select');
    if ((await select.count()) > 0) {
      await select.focus();
      await this.ready();
      await select.selectOption(country);
    } else {
      const isChosen = await this.page.evaluate((next) => phoneLab.choose(next), country);
      if (!isChosen) throw new Error('There is nothing to choose a country by.');
    }
    await this.settle();
  }

  /** Chooses a country by keys alone: in a native select by typing its name, in others after Enter has opened them. */
  async findCountry(name: string): Promise<void> {
    const isNative = await this.page.evaluate(() => {
      const control = phoneLab.countryControl();
      control?.focus();
      return control instanceof HTMLSelectElement;
    });
    await this.ready();
    if (!isNative) await this.press('Enter');
    await this.page.keyboard.type(name);
    await this.settle();
    if (!isNative) await this.press('Enter');
  }

  /** The texts of all countries to choose from, as the list shows them once it is open. */
  async countryNames(): Promise<string[]> {
    const select = this.page.locator('#root select');
    if ((await select.count()) > 0) {
      await select.focus();
      await this.ready();
    } else {
      await this.page.evaluate(() => phoneLab.countryControl()?.click());
      await this.settle();
    }
    return (await this.page.getByRole('option').allTextContents()).map((name) => name.trim());
  }

  /** What a browser does to the select beside the number, when it fills in an address. */
  async autofillCountry(country: string): Promise<void> {
    await this.page.evaluate((next) => {
      const select = document.querySelector<HTMLSelectElement>('#root select');
      if (!select || ![...select.options].some(({ value }) => value === next))
        throw new Error(`There is no option for ${next} to fill in.`);
      select.value = next;
      for (const type of ['input', 'change']) select.dispatchEvent(new Event(type, { bubbles: true }));
    }, country);
    await this.settle();
  }

  state() {
    return this.page.evaluate(() => phoneLab.state());
  }

  async text(): Promise<string> {
    return (await this.state()).text;
  }

  async country(): Promise<string | undefined> {
    return (await this.state()).country;
  }

  /** Null where something is selected or the focus is elsewhere. */
  async caret(): Promise<number | null> {
    return (await this.state()).caret;
  }

  /** The digits and the plus on the caret's left: they are what a person counts by. */
  async beforeCaret(): Promise<string> {
    const { text, caret } = await this.state();
    if (caret === null) throw new Error('There is no caret.');
    return significant(text.slice(0, caret));
  }

  /** Puts the caret behind so many digits (a plus counts as one), by Home and the arrow key. */
  async goBehind(count: number): Promise<void> {
    await this.go(async () => (await this.beforeCaret()).length >= count);
  }

  /** As `goBehind`, and past the punctuation that follows there: the caret stands at the next digit. */
  async goBefore(count: number): Promise<void> {
    await this.go(async () => {
      const { text, caret } = await this.state();
      return (await this.beforeCaret()).length >= count && /[+\d]/.test(text[caret ?? 0] ?? '');
    });
  }

  private async go(isThere: () => Promise<boolean>): Promise<void> {
    await this.press('Home');
    for (let steps = 0; !(await isThere()); steps++) {
      if (steps > 40) throw new Error(`The caret does not get there in ${await this.text()}`);
      await this.press('ArrowRight');
    }
  }

  /** Selects from behind `from` digits to behind `to`, by keys. */
  async selectDigits(from: number, to: number): Promise<void> {
    await this.goBehind(to);
    const end = (await this.caret()) ?? 0;
    await this.goBefore(from);
    for (let at = (await this.caret()) ?? 0; at < end; at++) await this.press('Shift+ArrowRight');
  }

  /** What the field would load from now on does not come, until the function it returns is called. */
  async holdRequests(): Promise<() => Promise<void>> {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await this.page.route('**/*', async (route) => {
      await released;
      await route.continue();
    });
    return async () => {
      release();
      await this.ready();
    };
  }

  /** What the field would load from now on fails, until `reconnect`. */
  async cutOff(): Promise<void> {
    await this.page.route('**/*', (route) => route.abort());
  }

  async reconnect(): Promise<void> {
    await this.page.unrouteAll({ behavior: 'wait' });
  }

  /** Goes on to the next thing on the page, and waits for the verdict. */
  async leave(): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Elsewhere' }).focus();
    await this.ready();
  }

  /** What the field last told; nothing, where it has not told yet. */
  async result(): Promise<PhoneResult> {
    return (await this.results()).at(-1) ?? {};
  }

  async results(): Promise<PhoneResult[]> {
    return (await this.state()).results;
  }

  async submitted(): Promise<Record<string, string>[]> {
    return (await this.state()).submitted;
  }

  violations(): Promise<string[]> {
    return this.page.evaluate(() => phoneLab.violations);
  }

  errors(): Promise<string[]> {
    return this.page.evaluate(() => phoneLab.errors);
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

/** A number without its punctuation. */
export const significant = (text: string) => text.replace(/[^+\d]/g, '');
