import { render, screen } from '@testing-library/react';
import { MfaProvider, useMfaMessages } from 'mfa-kit';
import { createTestBackend } from 'mfa-kit/testing';
import { describe, expect, it } from 'vitest';

import en from '../../src/messages/en.js';
import { format, formatPlural } from '../../src/messages/format.js';

function Words() {
  const { code, countdown, actions } = useMfaMessages();
  return <p>{[code.submit, code.sendNew, countdown.secondsLeft.other, actions.cancel].join(' | ')}</p>;
}

it('replaces one sentence and leaves the others', () => {
  render(
    <MfaProvider backend={createTestBackend()} messages={{ code: { submit: 'Sign in' } }}>
      <Words />
    </MfaProvider>,
  );
  expect(screen.getByText(/^Sign in \| Send a new code \| The code expires/)).toBeVisible();
});

it('is one object from render to render, so that what depends on it stays', () => {
  const seen = new Set<object>();
  function Seen() {
    seen.add(useMfaMessages());
    return null;
  }
  const backend = createTestBackend();
  const messages = { code: { submit: 'Sign in' } };
  const tree = () => (
    <MfaProvider backend={backend} messages={messages}>
      <Seen />
      <Seen />
    </MfaProvider>
  );
  render(tree()).rerender(tree());
  expect(seen.size).toBe(1);
});

describe('a message', () => {
  it('takes its values, and shows the gap where one is missing', () => {
    expect(format('{a} and {b}', { a: 1 })).toBe('1 and {b}');
  });

  it('has the plural form its language asks for', () => {
    const tries = {
      one: '{count} próba',
      few: '{count} próby',
      many: '{count} prób',
      other: '{count} próby',
    };
    expect([1, 3, 5].map((count) => formatPlural(tries, count, 'pl'))).toEqual([
      '1 próba',
      '3 próby',
      '5 prób',
    ]);
  });
});

it.each(Object.entries(en.errors))('%s ends in a way out', (_code, sentence) => {
  expect(sentence).toMatch(
    /\b(try again|start again|sign in again|use (a new|another) one|send a new one|ask)\b/i,
  );
});
