import { expect } from 'vitest';

import { under } from './rows.ts';

const cost = under('cost');

export const costBehaviors = [
  cost('has React render nothing for a digit, nor for moving about', async (field) => {
    await field.enter();
    const before = await field.commits();
    await field.type('1234');
    await field.press('ArrowLeft', 'Backspace', 'Home', '9');
    await field.type('56');
    expect((await field.commits()) - before).toBe(0);
  }),
  cost('runs no timer and no animation while nobody does anything', async (field) => {
    await field.page.evaluate(() => {
      const counter = { calls: 0 };
      const counted =
        <Rest extends unknown[]>(start: (run: (...given: never[]) => void, ...rest: Rest) => number) =>
        (run: (...given: never[]) => void, ...rest: Rest) =>
          start(
            (...given) => {
              counter.calls += 1;
              run(...given);
            },
            ...rest,
          );
      Object.assign(globalThis, {
        timerCounter: counter,
        setTimeout: counted(setTimeout as never),
        setInterval: counted(setInterval as never),
        requestAnimationFrame: counted(requestAnimationFrame as never),
      });
    });
    const calls = () =>
      field.page.evaluate(
        () => (globalThis as unknown as { timerCounter: { calls: number } }).timerCounter.calls,
      );
    await field.enter();
    await field.type('12');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = await calls();
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect((await calls()) - before).toBe(0);
  }),
];
