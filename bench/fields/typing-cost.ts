import type { FieldPage } from '../../test/field-lab/field-page.ts';
import { median } from './median.ts';

/** How the bench handles one kind of field. */
export interface Typist<Page extends FieldPage> {
  /** The page opened anew, nothing mounted yet. */
  visit: (field: Page) => Promise<void>;
  mount: (field: Page) => Promise<void>;
  /** Into the text input by the Tab key, and whatever that loads. */
  comeIn: (field: Page) => Promise<void>;
  /** What is typed, one digit a key. */
  digits: string;
}

/** What one field costs at run time. `script` is seconds of CPU, all else is counted. */
export interface TypingCost {
  /** Elements of the field and its label: mounted, with the focus in it, and filled. */
  nodes: { mounted: number; focused: number; filled: number };
  /** React commits for each digit. */
  commits: number;
  /** JavaScript function calls, the host page's own included. */
  calls: { mount: number; digit: number };
  /** For each key, over some 200 keys. */
  script: number;
}

const REPETITIONS = 3;
const TIMED_KEYS = 200;

/** The entrants take turns, so that a busy machine is busy for all of them. */
export async function measureTyping<Page extends FieldPage>(
  fields: readonly Page[],
  typist: Typist<Page>,
): Promise<TypingCost[]> {
  const runs: TypingCost[][] = fields.map(() => []);
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    for (const [index, field] of fields.entries()) {
      const counts = await count(field, typist);
      runs[index]?.push({ ...counts, script: await time(field, typist) });
    }
  }
  return runs.map((costs) => {
    const middle = (pick: (cost: TypingCost) => number) => median(costs.map(pick));
    return {
      nodes: {
        mounted: middle(({ nodes }) => nodes.mounted),
        focused: middle(({ nodes }) => nodes.focused),
        filled: middle(({ nodes }) => nodes.filled),
      },
      commits: middle(({ commits }) => commits),
      calls: { mount: middle(({ calls }) => calls.mount), digit: middle(({ calls }) => calls.digit) },
      script: middle(({ script }) => script),
    };
  });
}

async function count<Page extends FieldPage>(
  field: Page,
  { visit, mount, comeIn, digits }: Typist<Page>,
): Promise<Omit<TypingCost, 'script'>> {
  await visit(field);
  await field.cdp.send('Profiler.enable');
  await field.cdp.send('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  await mount(field);
  const mountCalls = await takeCalls(field);
  const mounted = await countNodes(field);
  await comeIn(field);
  await rest(field);
  const focused = await countNodes(field);
  const commitsBefore = await field.commits();
  await takeCalls(field);
  await field.type(digits);
  await rest(field); // what a key left for later is part of its cost
  const typeCalls = await takeCalls(field);
  const commits = (await field.commits()) - commitsBefore;
  const filled = await countNodes(field);
  await field.cdp.send('Profiler.stopPreciseCoverage');
  return {
    nodes: { mounted, focused, filled },
    commits: commits / digits.length,
    calls: { mount: mountCalls, digit: typeCalls / digits.length },
  };
}

/** Counting slows the script down, so time is taken on a page of its own. */
async function time<Page extends FieldPage>(
  field: Page,
  { visit, mount, comeIn, digits }: Typist<Page>,
): Promise<number> {
  await visit(field);
  await mount(field);
  await comeIn(field);
  await rest(field);
  const keys = [...Array.from(digits), ...Array.from(digits, () => 'Backspace')];
  const rounds = Math.ceil(TIMED_KEYS / keys.length);
  await field.cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await scriptSeconds(field);
  for (let round = 0; round < rounds; round++) {
    for (const key of keys) await field.page.keyboard.press(key);
  }
  const seconds = (await scriptSeconds(field)) - before;
  await field.cdp.send('Performance.disable');
  return seconds / (rounds * keys.length);
}

/** Function calls since the last time, in the page's own files: not what the lab evaluates from outside. */
async function takeCalls({ page, cdp }: FieldPage): Promise<number> {
  const { origin } = new URL(page.url());
  const { result } = await cdp.send('Profiler.takePreciseCoverage');
  return result
    .filter(({ url }) => url.startsWith(origin))
    .flatMap(({ functions }) => functions)
    .reduce((total, { ranges }) => total + (ranges[0]?.count ?? 0), 0);
}

async function scriptSeconds({ cdp }: FieldPage): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN;
}

/** The form's elements but for the host's own, and whatever a field put elsewhere into the body. */
async function countNodes({ page }: FieldPage): Promise<number> {
  return page.evaluate(() => {
    const form = document.querySelector('#root form');
    const host = [...(form?.children ?? [])].filter((element) =>
      element.matches('#hint, textarea, button:is(:first-child, :nth-last-child(-n + 2))'),
    );
    const elsewhere = document.querySelectorAll('body > :not(#root, script), body > :not(#root, script) *');
    return (form?.querySelectorAll('*').length ?? 0) - host.length + elsewhere.length;
  });
}

/** Longer than the timers that fields set for after a key, and than the wait before they load something. */
const rest = ({ page }: FieldPage) => page.waitForTimeout(500);
