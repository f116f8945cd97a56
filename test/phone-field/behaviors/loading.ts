import { expect } from 'vitest';

import { significant } from '../../field-lab/phone-page.ts';
import { type PhoneBehavior, under } from './rows.ts';

const early = under('before everything has loaded');
const asking = under('what it asks of the page');

export const loading: PhoneBehavior[] = [
  early('keeps what was typed before its rules arrive, and shapes it then', async (field) => {
    await field.visit();
    const release = await field.holdRequests();
    await field.mount({ country: 'US' });
    await field.comeIn();
    await field.typeFast('2133734253');
    expect(significant(await field.text())).toBe('2133734253');
    await release();
    expect(await field.text()).toBe('(213) 373-4253');
    expect(await field.beforeCaret()).toBe('2133734253');
  }),
  early('leaves the caret in its place when its rules arrive', async (field) => {
    await field.visit();
    const release = await field.holdRequests();
    await field.mount({ country: 'US' });
    await field.comeIn();
    await field.typeFast('213373425');
    await field.goBehind(4);
    await release();
    expect(await field.text()).toMatch(/^\(213\) 373/);
    await field.type('9');
    expect(await field.beforeCaret()).toBe('21339');
  }),
  early('says nothing of a number that has been replaced before its rules arrived', async (field) => {
    await field.visit();
    const release = await field.holdRequests();
    await field.mount({ country: 'GB' });
    await field.comeIn();
    await field.typeFast('07400123456');
    await field.page.getByRole('textbox', { name: 'Elsewhere' }).focus();
    await field.comeIn();
    await field.press('Control+a');
    await field.typeFast('+33612345678');
    await release();
    expect((await field.results()).map(({ e164 }) => e164)).not.toContain('+447400123456');
    await field.leave();
    expect(await field.state()).toMatchObject({ e164: '+33612345678', country: 'FR' });
  }),
  early('gives its verdict once its rules arrive, on a number left before', async (field) => {
    await field.visit();
    const release = await field.holdRequests();
    await field.mount({ country: 'GB' });
    await field.comeIn();
    await field.typeFast('07400123456');
    await field.page.getByRole('textbox', { name: 'Elsewhere' }).focus();
    await field.settle();
    expect((await field.result()).reason).toBeUndefined();
    await release();
    expect(await field.result()).toMatchObject({ e164: '+447400123456' });
  }),
  early('takes an international number when its rules cannot be loaded at all', async (field) => {
    await field.visit();
    await field.cutOff();
    await field.mount({ country: 'US' });
    await field.comeIn();
    await field.typeFast('+44 7400 123456');
    expect(significant(await field.text())).toBe('+447400123456');
    await field.leave();
    expect(await field.result()).toMatchObject({ e164: '+447400123456' });
  }),
  early('works again once its rules can be loaded after all', async (field) => {
    await field.visit();
    await field.cutOff();
    await field.mount({ country: 'GB' });
    await field.comeIn();
    await field.typeFast('07400');
    await field.leave();
    await field.reconnect();
    await field.comeIn();
    await field.press('End');
    await field.typeFast('123456');
    await field.leave();
    expect(await field.result()).toMatchObject({ e164: '+447400123456' });
  }),
  early('is a plain labelled field in the server’s markup, and sends what is typed there', async (field) => {
    await field.serve({ country: 'GB', name: 'mobile' });
    await field.page.getByRole('textbox', { name: 'Phone number' }).focus();
    await field.typeFast('07400123456');
    expect(significant((await field.formData()).mobile ?? '')).toBe('07400123456');
  }),
  early('keeps what was typed before its script came, and knows it', async (field) => {
    await field.serve({ country: 'GB' });
    await field.page.getByRole('textbox', { name: 'Phone number' }).focus();
    await field.typeFast('07400123456');
    await field.hydrate();
    await field.ready();
    expect(significant(await field.text())).toBe('07400123456');
    await field.leave();
    expect(await field.result()).toMatchObject({ e164: '+447400123456' });
    expect(await field.errors()).toEqual([]);
  }),
  early('sends no list of countries from the server but the one chosen', async (field) => {
    await field.serve({ country: 'GB' });
    expect(await field.page.locator('#root option, #root [role=option]').count()).toBeLessThanOrEqual(1);
    expect(await field.input.count()).toBe(1);
  }),
  asking('asks no other host for anything', async (field) => {
    await field.enter({ country: 'US' });
    await field.typeFast('+447400123456');
    await field.countryNames();
    await field.chooseCountry('FR');
    const origin = new URL(field.page.url()).origin;
    expect(field.requests.length).toBeGreaterThan(0);
    expect(field.requests.filter((url) => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual([]);
  }),
  asking('works under a policy that allows no inline style, script or markup', async (field) => {
    await field.visit({ csp: true });
    await field.mount({ country: 'US' });
    await field.comeIn();
    await field.ready();
    await field.typeFast('+447400123456');
    await field.leave();
    expect(await field.result()).toMatchObject({ e164: '+447400123456' });
    await field.chooseCountry('FR');
    expect(await field.violations()).toEqual([]);
  }),
  asking('is served without inline styles that such a policy refuses', async (field) => {
    await field.visit({ csp: true });
    await field.serve({ country: 'US' });
    await field.hydrate();
    await field.ready();
    expect(await field.input.count()).toBe(1);
    expect(await field.violations()).toEqual([]);
  }),
  asking('goes without an error, in the middle of everything', async (field) => {
    await field.visit();
    const release = await field.holdRequests();
    await field.mount({ country: 'US' });
    await field.comeIn();
    await field.typeFast('+447400123456');
    await field.unmount();
    await release();
    expect(await field.page.locator('#root *').count()).toBe(0);
    expect(await field.errors()).toEqual([]);
  }),
];
