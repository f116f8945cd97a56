import type { Route } from 'playwright';
import { describe, expect, it } from 'vitest';

import { readShifts, watchShifts } from '../pictures/layout-shift.ts';
import { runDemo } from './demo.ts';
import { PHONE, type Visit } from './visit.ts';

const { visit, emulator } = runDemo();

/**
 * Collects what moved inside the kit's screens, by what the person had just done. Also what follows a key or a click,
 * which the metric CLS forgives. What moves of the app around a screen is the app's.
 */
async function watchMoves({ page }: Visit) {
  await page.evaluate(watchShifts, '.mfa-screen');
  const moves: string[] = [];
  let seen = 0;
  return {
    moves,
    /** Does it, waits for what is to come of it, and looks. */
    step: async (name: string, act: () => Promise<unknown>) => {
      await act();
      const shifts = await page.evaluate(readShifts);
      for (const { value, moved } of shifts.slice(seen)) moves.push(`${name}: ${value.toFixed(4)}`, ...moved);
      seen = shifts.length;
    },
  };
}

/** Has the answers to one call be what a test says, once each; then it is the server's turn again. */
async function answerOnce({ page }: Visit, path: RegExp, ...answers: ((route: Route) => Promise<void>)[]) {
  await page.route(path, async (route) => {
    const answer = route.request().method() === 'POST' ? answers.shift() : undefined;
    return answer ? answer(route) : route.continue();
  });
}

const FACTORS = /\/api\/mfa\/factors$/;
const VERIFY = /\/verify$/;
const slowly = async (route: Route) => {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await route.continue();
};
const refuse = (status: number, body: object) => (route: Route) => route.fulfill({ status, json: body });

// A window of 1280 px has the same 320 CSS px at 400 % zoom.
describe.each([1280, 320])('in a window of %i px, nothing moves', (width) => {
  const open = async () => {
    // As high as the longest screen: a picture of a whole page resizes a smaller window, which moves everything.
    const ada = await visit({ clock: 'movable', viewport: { width, height: 2000 } });
    await ada.signIn();
    return ada;
  };

  it('while an authenticator app is added', async () => {
    const ada = await open();
    const { keyboard } = ada.page;
    const { moves, step } = await watchMoves(ada);
    await answerOnce(ada, FACTORS, slowly);
    await answerOnce(
      ada,
      VERIFY,
      slowly,
      slowly,
      refuse(500, {}),
      refuse(429, { code: 'rate_limit_exceeded', retry_after: 60 }),
    );

    await step('starting', async () => {
      await ada.button('Add authenticator app').click();
      await ada.page.locator('.mfa-enroll-totp').waitFor();
    });
    await step('ready', () => ada.page.getByRole('img', { name: /^QR code/ }).waitFor());
    const app = await ada.keyOnScreen();
    const wrong = await app.wrongCode();
    await step('typing', async () => {
      await ada.code.click();
      await keyboard.type(wrong.slice(0, 5));
    });
    await step('too short', async () => {
      await keyboard.press('Enter');
      await ada.sees('Enter all 6 digits of the code.');
    });
    await step('checking', async () => {
      await keyboard.type(wrong.slice(5));
      await ada.button('Verifying…').waitFor();
    });
    await step('wrong once', () => ada.sees('That code is not right.'));
    await step('wrong twice', async () => {
      await keyboard.type(wrong.split('').toReversed().join(''));
      await ada.sees('Still not right.');
    });
    await step('a server error', async () => {
      await keyboard.type(await app.code());
      await ada.sees('Something went wrong on our side.');
    });
    await step('locked', async () => {
      await keyboard.press('Enter');
      await ada.sees('Too many tries.');
    });
    await step('a lock that is over', async () => {
      await ada.pass(61);
      await ada.page.getByText('Too many tries.').waitFor({ state: 'hidden' });
    });
    await step('right', async () => {
      await ada.code.fill('');
      await keyboard.type(await app.code());
      await ada.sees('Your authenticator app was added.');
    });
    ada.refusals.length = 0; // asked for above, each of them
    expect(moves).toEqual([]);
  });

  it('while a phone is added', async () => {
    const ada = await open();
    const { keyboard } = ada.page;
    const number = ada.page.getByLabel('Phone number');
    const { moves, step } = await watchMoves(ada);
    await answerOnce(
      ada,
      FACTORS,
      refuse(422, { code: 'phone_not_supported' }),
      refuse(429, { code: 'rate_limited', retry_after: 30 }),
      slowly,
    );

    await step('the form', async () => {
      await ada.button('Add phone').click();
      await number.waitFor();
    });
    await step('no number', async () => {
      await ada.button('Send code').click();
      await ada.sees('Enter your mobile phone number.');
    });
    await step('a number too short', async () => {
      await keyboard.type('12');
      await keyboard.press('Enter');
      await ada.sees('This number is too short.');
    });
    await step('typing', async () => {
      await number.selectText();
      await keyboard.type(PHONE);
    });
    await step('refused', async () => {
      await keyboard.press('Enter');
      await ada.sees('We cannot send text messages to this number.');
    });
    await step('too often', async () => {
      await keyboard.press('Enter');
      await ada.sees(/0:(30|2\d)/);
    });
    await step('a wait that is over', async () => {
      await ada.pass(31);
      await ada.button('Send code').waitFor();
    });
    await step('sending', async () => {
      await ada.button('Send code').click();
      await ada.button('Sending…').waitFor();
    });
    await step('sent', () => ada.sees('Expires in'));
    await codeIsMistaken(ada, step);
    await codeExpires(ada, step);
    await step('right', async () => {
      await keyboard.type(await ada.newestCode());
      await ada.sees('Your phone was added.');
    });
    ada.refusals.length = 0; // asked for above, each of them
    expect(moves).toEqual([]);
  });

  it('while somebody signs in', async () => {
    const ada = await open();
    const { keyboard } = ada.page;
    const app = await ada.enrolApp();
    await ada.enrolPhone(app.code);
    await ada.button('Sign out').click();
    await ada.page.getByLabel('Password').waitFor();
    await emulator.pass(600);
    const { moves, step } = await watchMoves(ada);
    await answerOnce(ada, /\/challenge$/, slowly, slowly);

    await step('ready', async () => {
      await ada.signIn();
      await ada.sees(/authenticator app and enter the code/);
    });
    await step('wrong', async () => {
      await ada.code.click();
      await keyboard.type(await app.wrongCode());
      await ada.sees('That code is not right.');
    });
    await step('another way', () => ada.button(/^Text message to/).click());
    await step('sent', () => ada.sees('Expires in'));
    await codeIsMistaken(ada, step);
    await codeExpires(ada, step);
    await step('locked', async () => {
      for (
        let times = 0;
        times < 6 && !(await ada.page.getByText('Too many tries').first().isVisible());
        times += 1
      ) {
        await keyboard.type('111111');
        await ada.page.waitForTimeout(300);
        await keyboard.type('222222');
        await ada.page.waitForTimeout(300);
      }
      await ada.sees('Too many tries.');
    });
    ada.refusals.length = 0; // asked for above, each of them
    expect(moves).toEqual([]);
  });
});

type Step = Awaited<ReturnType<typeof watchMoves>>['step'];

async function codeIsMistaken(person: Visit, step: Step) {
  const right = await person.newestCode();
  const wrong = String((Number(right) + 500_000) % 1_000_000).padStart(6, '0');
  await step('typing', async () => {
    await person.code.click();
    await person.page.keyboard.type(wrong.slice(0, 3));
  });
  await step('wrong', async () => {
    await person.page.keyboard.type(wrong.slice(3));
    await person.sees('That code is not right.');
  });
  await step('resend ready', async () => {
    await person.pass(31);
    await person.button('Send a new code').waitFor();
  });
  await step('sent again', async () => {
    await person.button('Send a new code').click();
    await person.sees('A new code is on its way.');
  });
}

async function codeExpires(person: Visit, step: Step) {
  await step('the last minute', async () => {
    await person.pass(550);
    await person.sees(/0:(50|4\d)/);
  });
  await step('expired', async () => {
    await person.pass(60);
    await person.sees('This code has expired.');
  });
  await step('sent once more', async () => {
    await person.button('Send a new code').click();
    await person.sees('A new code is on its way.');
  });
  await person.code.click();
}
