import { type Browser, chromium } from 'playwright';
import { parseArgs } from 'node:util';

import { codeBehaviors } from '../../test/code-input/code-input.behaviors.ts';
import { type Behavior, judge } from '../../test/field-lab/behavior.ts';
import { CodePage } from '../../test/field-lab/code-page.ts';
import type { FieldPage } from '../../test/field-lab/field-page.ts';
import { PhonePage } from '../../test/field-lab/phone-page.ts';
import { type Candidate, serveLab } from '../../test/field-lab/serve.ts';
import { phoneBehaviors } from '../../test/phone-field/phone-field.behaviors.ts';
import { CHROMIUM_ARGS, findChromium } from '../../test/tools/chromium.mjs';
import { type Budget, CODE_BUDGET, overBudget, PHONE_BUDGET } from './budgets.ts';
import { codeEntrants, type Entrant, phoneEntrants, plainCode, plainPhone } from './entrants.ts';
import { type Costed, costTable, failureList, type Scored, scoreTable } from './report.ts';
import { measureTyping, type Typist } from './typing-cost.ts';
import { weigh } from './weight.ts';

/** One kind of field: who takes part, and how they are put to the test. */
interface Contest<Page extends FieldPage> {
  kind: 'code' | 'phone';
  entrants: Entrant[];
  plain: Candidate;
  behaviors: readonly Behavior<Page>[];
  open: (browser: Browser, address: string) => Promise<Page>;
  typist: Typist<Page>;
  budget: Budget;
}

const code: Contest<CodePage> = {
  kind: 'code',
  entrants: codeEntrants,
  plain: plainCode,
  behaviors: codeBehaviors,
  open: (browser, address) => CodePage.open(browser, address),
  typist: {
    visit: (field) => field.clear(),
    mount: (field) => field.mount(),
    async comeIn(field) {
      await field.page.getByRole('button', { name: 'before' }).focus();
      await field.press('Tab');
    },
    digits: '123456',
  },
  budget: CODE_BUDGET,
};

const phone: Contest<PhonePage> = {
  kind: 'phone',
  entrants: phoneEntrants,
  plain: plainPhone,
  behaviors: phoneBehaviors,
  open: (browser, address) => PhonePage.open(browser, address),
  typist: {
    visit: (field) => field.visit(),
    mount: (field) => field.mount({ country: 'US' }),
    async comeIn(field) {
      await field.comeIn();
      await field.ready();
    },
    digits: '2133734253',
  },
  budget: PHONE_BUDGET,
};

/** @returns The exit code: 1 if our own field misses a behaviour or a budget. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { only: { type: 'string' }, failures: { type: 'boolean', default: false } },
  });
  const { only, failures } = values;
  if (only !== undefined && only !== 'code' && only !== 'phone')
    throw new Error(`--only takes code or phone, and not ${only}.`);
  const executablePath = await findChromium();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    // A flag or script of a foreign host fails at once, with a network and without.
    args: [...CHROMIUM_ARGS, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
  try {
    const problems = [
      ...(only === 'phone' ? [] : await hold(code, browser, failures)),
      ...(only === 'code' ? [] : await hold(phone, browser, failures)),
    ];
    for (const problem of problems) console.log(`⚠ ${problem}`);
    return problems.length > 0 ? 1 : 0;
  } finally {
    await browser.close();
  }
}

/** Prints both tables of one kind of field. @returns What is wrong with ours. */
async function hold<Page extends FieldPage>(
  { kind, entrants, plain, behaviors, open, typist, budget }: Contest<Page>,
  browser: Browser,
  failures: boolean,
): Promise<string[]> {
  const server = await serveLab(kind, [...entrants, plain]);
  const fields: Page[] = [];
  for (const candidate of [...entrants, plain]) fields.push(await open(browser, server.address(candidate)));
  try {
    const scored: Scored[] = [];
    for (const [index, { name }] of entrants.entries()) {
      console.error(`${kind}: ${name} …`);
      const field = fields[index];
      if (field) scored.push({ name, verdicts: await judge(field, behaviors) });
    }
    console.log(`\n## ${kind} fields: behaviours\n\n${scoreTable(scored)}\n`);
    if (failures) console.log(`${scored.map(failureList).join('\n\n')}\n`);

    console.error(`${kind}: costs …`);
    const weights = await Promise.all(entrants.map(weigh));
    const costs = await measureTyping(fields, typist);
    const costed = [...entrants, plain].map(({ name }, index): Costed => {
      const weight = weights[index];
      const cost = costs[index];
      if (!cost) throw new Error(`${name} was not measured.`);
      return weight ? { name, weight, cost } : { name, cost };
    });
    console.log(`\n## ${kind} fields: costs\n\n${costTable(costed)}\n`);

    const [ours] = costed;
    const [own] = scored;
    const missed = own?.verdicts.filter(({ failure }) => failure !== undefined) ?? [];
    return [
      ...(missed.length > 0 ? [`mfa-kit misses ${missed.length} behaviours of its ${kind} field.`] : []),
      ...(ours?.weight ? overBudget(budget, ours.weight, ours.cost) : []),
    ];
  } finally {
    for (const field of fields) await field.close();
    await server.close();
  }
}
