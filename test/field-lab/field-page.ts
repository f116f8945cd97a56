import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright';

import { CHROMIUM_ARGS, findChromium } from '../tools/chromium.mjs';

export async function launchChromium(): Promise<Browser> {
  const executablePath = await findChromium();
  return chromium.launch({ ...(executablePath && { executablePath }), args: CHROMIUM_ARGS });
}

/** React tells its DevTools of every commit: this listens in its place. Runs before the page's own script. */
function countCommits() {
  const counter = { commits: 0 };
  Object.assign(globalThis, {
    commitCounter: counter,
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      checkDCE: () => undefined,
      inject: () => 1,
      onCommitFiberRoot: () => (counter.commits += 1),
      onPostCommitFiberRoot: () => undefined,
      onCommitFiberUnmount: () => undefined,
    },
  });
}

/** What a person, their keyboard, clipboard and input method can do to the field on a page. All of it is real input. */
export class FieldPage {
  protected constructor(
    readonly page: Page,
    readonly cdp: CDPSession,
    protected readonly address: string,
  ) {}

  static async openTab(context: BrowserContext): Promise<{ page: Page; cdp: CDPSession }> {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.setDefaultTimeout(2000);
    await page.addInitScript(countCommits);
    return { page, cdp: await context.newCDPSession(page) };
  }

  /**
   * A page without anything of the one before.
   * @param options.csp Served under a policy that allows no inline style.
   * @param options.development With React's own checks and warnings.
   */
  async clear({ csp = false, development = false } = {}): Promise<void> {
    await this.page.emulateMedia({ forcedColors: null, colorScheme: null, reducedMotion: null });
    await this.page.setViewportSize({ width: 800, height: 600 });
    const address = new URL(development ? 'development/' : '', this.address);
    if (csp) address.searchParams.set('csp', '');
    await this.page.goto(address.href);
  }

  /** Until the browser has told of every event and the page has answered them. */
  async settle(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(() => setTimeout(resolve)))),
    );
  }

  /** One key after the other: `press('1', 'ArrowLeft', 'Control+a')`. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await this.settle();
    }
  }

  /** Keeps a key down until it has repeated itself so often. */
  async hold(key: string, times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) await this.page.keyboard.down(key);
    await this.page.keyboard.up(key);
    await this.settle();
  }

  /** The label or text of what has the focus. */
  async focused(): Promise<string> {
    return this.page.evaluate(() => {
      const { activeElement } = document;
      return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
    });
  }

  /** Every character by a key of its own, or inserted where no key has it. */
  async type(text: string): Promise<void> {
    await this.press(...Array.from(text));
  }

  /** Puts the text on the clipboard and presses Ctrl+V. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.press('Control+v');
  }

  async clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** A keyboard's suggestion, dictation or emoji picker: text that comes in whole, without keys. */
  async insert(text: string): Promise<void> {
    await this.cdp.send('Input.insertText', { text });
    await this.settle();
  }

  /** An input method: each draft replaces the one before; `commit` ends the composition. Without it, it goes on. */
  async compose(drafts: string[], commit?: string): Promise<void> {
    for (const text of drafts) {
      await this.cdp.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
      await this.settle();
    }
    if (commit !== undefined) await this.insert(commit);
  }

  /** A key as Android's keyboards send it: number 229 and no name. The edit itself comes apart from it. */
  async androidKey(): Promise<void> {
    for (const type of ['rawKeyDown', 'keyUp'] as const)
      await this.cdp.send('Input.dispatchKeyEvent', {
        type,
        windowsVirtualKeyCode: 229,
        key: 'Unidentified',
      });
  }

  /** Backspace as Android's keyboards send it: the edit, and a key without a name. */
  async androidBackspace(): Promise<void> {
    await this.cdp.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      windowsVirtualKeyCode: 229,
      key: 'Unidentified',
      commands: ['DeleteBackward'],
    });
    await this.cdp.send('Input.dispatchKeyEvent', {
      type: 'keyUp',
      windowsVirtualKeyCode: 229,
      key: 'Unidentified',
    });
    await this.settle();
  }

  /** What assistive technology is told, in its order. */
  async told() {
    const { nodes } = await this.cdp.send('Accessibility.getFullAXTree');
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const isInTextbox = (id: string | undefined): boolean => {
      const node = byId.get(id ?? '');
      return node !== undefined && (node.role?.value === 'textbox' || isInTextbox(node.parentId));
    };
    const text = (said: { value?: unknown } | undefined) =>
      typeof said?.value === 'string' ? said.value : '';
    return nodes
      .filter(({ ignored }) => !ignored)
      .map((node) => {
        const property = (name: string) => node.properties?.find((known) => known.name === name)?.value.value;
        return {
          role: text(node.role),
          name: text(node.name),
          description: text(node.description),
          value: text(node.value),
          invalid: property('invalid'),
          required: property('required'),
          inTextbox: isInTextbox(node.parentId),
        };
      });
  }

  /** React commits since the page was opened. */
  async commits(): Promise<number> {
    return this.page.evaluate(
      () => (globalThis as unknown as { commitCounter: { commits: number } }).commitCounter.commits,
    );
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
