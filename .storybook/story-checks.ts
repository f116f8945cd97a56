import type { Preview } from '@storybook/react-vite';
import type { ElementContext, RunOptions, Spec } from 'axe-core';

import { setStoryMode } from './story-mode.js';

/** What addon-a11y reads from a story's `parameters.a11y`. */
interface AccessParameters {
  test?: 'off' | 'todo' | 'error';
  disable?: boolean;
  context?: ElementContext;
  config?: Spec;
  options?: RunOptions;
}

const MODES = [
  { name: 'light', theme: 'light', dir: 'ltr' },
  { name: 'dark', theme: 'dark', dir: 'ltr' },
  { name: 'right to left', theme: 'light', dir: 'rtl' },
];

/** Only in a test run: in the workshop addon-a11y's panel tells of the one mode that is seen. */
const isTested = () => '__vitest_browser__' in globalThis;

/** What the story that is on the page has done wrong so far. */
let faults: string[] = [];

/** Listens from before the story is put together until it is gone, which is when the next one begins. */
export const watchStory: Extract<NonNullable<Preview['beforeEach']>, (context: never) => unknown> = ({
  id,
}) => {
  if (!isTested()) return undefined;
  const own: string[] = [];
  faults = own;
  const { error, warn } = console;
  console.error = (...said: unknown[]) => {
    own.push(`console.error: ${spoken(said)}`);
    error(...said);
  };
  console.warn = (...said: unknown[]) => {
    own.push(`console.warn: ${spoken(said)}`);
    warn(...said);
  };
  const onError = ({ message }: ErrorEvent) => own.push(`uncaught: ${message}`);
  const onRejection = ({ reason }: PromiseRejectionEvent) => own.push(`unhandled rejection: ${reason}`);
  window.addEventListener('error', onError);
  window.addEventListener('unhandledrejection', onRejection);

  return () => {
    Object.assign(console, { error, warn });
    window.removeEventListener('error', onError);
    window.removeEventListener('unhandledrejection', onRejection);
    // Too late for the story's own result, and thrown it would fail the next one: the run fails instead.
    if (own.length > 0) reportError(new Error(`${id}, after its test:\n${own.join('\n')}`));
  };
};

/** Runs axe once in each mode, and fails on what it finds there or on what was heard since the story's start. */
export const checkStory: NonNullable<Preview['afterEach']> = async ({ parameters, globals, viewMode }) => {
  if (!isTested() || viewMode !== 'story') return;
  const found: string[] = [];
  const access: AccessParameters = parameters.a11y ?? {};
  if (access.test === 'error' && !access.disable && !globals.a11y?.manual) {
    for (const mode of otherModes()) found.push(...(await violationsIn(mode, access)));
  }
  await new Promise((resolve) => setTimeout(resolve)); // a rejection is told of once its task has ended
  found.push(...faults.splice(0));
  if (found.length > 0) throw new Error(found.join('\n\n'));
};

/** Without the one that the story is in: addon-a11y looks at that one. */
function otherModes() {
  const { dir, style } = document.documentElement;
  return MODES.filter((mode) => mode.theme !== style.colorScheme || mode.dir !== dir);
}

/** Storybook has stopped all transitions by now, so every colour is at once what it becomes. */
async function violationsIn(mode: (typeof MODES)[number], access: AccessParameters): Promise<string[]> {
  const { default: axe } = await import('axe-core');
  const before = setStoryMode(mode);
  await new Promise((resolve) => setTimeout(resolve)); // a class that follows the theme by script has followed
  try {
    axe.reset();
    axe.configure({
      ...access.config,
      // A story is no page of its own, and has no landmarks.
      rules: [{ id: 'region', enabled: false }, ...(access.config?.rules ?? [])],
    });
    const { violations } = await axe.run(access.context ?? document.body, {
      ...access.options,
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) =>
          `${mode.name}: ${id} (${help})\n${target.join(' ')}\n${failureSummary ?? ''}`,
      ),
    );
  } finally {
    setStoryMode(before);
  }
}

/** React's warnings are a template and what goes into it. */
function spoken([template, ...values]: unknown[]): string {
  if (typeof template !== 'string') return [template, ...values].map(String).join(' ');
  return [template.replaceAll(/%[sodO]/g, () => String(values.shift())), ...values.map(String)].join(' ');
}
