// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { smsTemplate } from '../../src/server/sms-template.js';
import { ADA, mountHandler, ORIGIN } from './mounted-handler.js';

describe('the text of a message', () => {
  it('ends with the line that binds its code to the site', () => {
    expect(smsTemplate('Your code is {{code}}.', 'app.example')).toBe(
      'Your code is {{code}}.\n\n@app.example #{{code}}',
    );
  });

  it.each([
    'Your code is {{code}}.\n\n@login.example #{{code}}',
    'Your code is {{code}}.\n@login.example #{{code}}',
    '\n@login.example #{{code}}',
  ])('stays as it is where the host has bound it already: %j', (text) => {
    expect(smsTemplate(text, 'app.example')).toBe(text);
  });

  it.each([
    'Write to help@app.example, code #{{code}}',
    'Your code is {{code}}\n@login.example #{{code}} ',
    'Your code is {{code}}\n@login.example #{{code}}\nBye',
    'Your code is {{code}}\n@login.example#{{code}}',
    'Your code is {{code}}\n@ #{{code}}',
    '@login.example #{{code}}',
  ])('is bound where it only looks as if it were: %j', (text) => {
    expect(smsTemplate(text, 'app.example')).toBe(`${text}\n\n@app.example #{{code}}`);
  });
});

/** The message that goes out when somebody asks for it from a page of `origin`. */
async function messageFrom(origin: string | undefined, origins: string[], template?: string) {
  const { as, emulator } = mountHandler({ origins, sms: { template } });
  const headers = { Origin: origin };
  const { body } = await as(ADA).post('/factors', { type: 'sms', phone_number: '+15005550006' }, { headers });
  await as(ADA).post(`/factors/${body.id}/challenge`, {}, { headers });
  return emulator.inbox[0]?.body.replaceAll(emulator.inbox[0].code, '<code>');
}

describe('the code is offered by the phone', () => {
  it('on the app’s own site, with the app’s own words', async () => {
    expect(await messageFrom(ORIGIN, [ORIGIN])).toBe('Your Foo Corp code is <code>.\n\n@app.example #<code>');
    expect(await messageFrom(ORIGIN, [ORIGIN], '{{code}} – Foo')).toBe(
      '<code> – Foo\n\n@app.example #<code>',
    );
  });

  it('on the one of its sites that the person is looking at', async () => {
    const origins = [ORIGIN, 'https://admin.app.example', 'http://localhost:5173'];
    expect(await messageFrom('https://admin.app.example', origins)).toMatch(
      /\n@admin\.app\.example #<code>$/,
    );
    expect(await messageFrom('http://localhost:5173', origins)).toMatch(/\n@localhost #<code>$/); // without the port
  });

  it('on the first of its sites where the browser does not say', async () => {
    expect(await messageFrom(undefined, [ORIGIN, 'https://admin.app.example'])).toMatch(
      /\n@app\.example #<code>$/,
    );
  });

  it('on no site that a request only claims to be at', async () => {
    const { as, emulator } = mountHandler();
    const { id } = await as(ADA).enrolSms();
    const headers = {
      Host: 'evil.example',
      'X-Forwarded-Host': 'evil.example',
      Referer: 'https://evil.example/',
    };
    await as(ADA).post(`/factors/${id}/challenge`, {}, { headers });
    expect(emulator.inbox[0]?.body).toMatch(/\n@app\.example #\d{6}$/);
    expect(emulator.inbox[0]?.body).not.toContain('evil');
  });
});
