import { act, render, screen } from '@testing-library/react';
import { Countdown, deadlineIn, useCountdown } from 'mfa-kit';
import { Profiler } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  setHidden(false);
});

function pass(seconds: number) {
  act(() => {
    vi.advanceTimersByTime(seconds * 1000);
  });
}

function setHidden(hidden: boolean) {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
}

it('ticks without rendering anything', () => {
  const onRender = vi.fn<() => void>();
  render(
    <Profiler id="countdown" onRender={onRender}>
      <Countdown deadline={deadlineIn(90)} />
    </Profiler>,
  );
  expect(screen.getByRole('timer')).toHaveTextContent('Expires in 1:30');
  const before = onRender.mock.calls.length;
  pass(25);
  expect(screen.getByRole('timer')).toHaveTextContent('Expires in 1:05');
  expect(onRender).toHaveBeenCalledTimes(before);
});

it('tells screen readers at 60 and at 20 seconds and at the end, and is silent between', () => {
  render(<Countdown deadline={deadlineIn(90)} />);
  const said: string[] = [];
  const status = screen.getByRole('status');
  for (let second = 0; second < 95; second += 1) {
    pass(1);
    if (status.textContent && status.textContent !== said.at(-1)) said.push(status.textContent);
  }
  expect(said).toEqual([
    'The code expires in 60 seconds.',
    'The code expires in 20 seconds.',
    'The code has expired.',
  ]);
});

it('stands still while the page is hidden, and is right again when it is shown', () => {
  render(<Countdown deadline={deadlineIn(600)} />);
  setHidden(true);
  pass(300);
  expect(screen.getByRole('timer')).toHaveTextContent('10:00');
  expect(vi.getTimerCount()).toBe(0);
  setHidden(false);
  expect(screen.getByRole('timer')).toHaveTextContent('5:00');
});

describe('one timer', () => {
  it('serves every countdown of a page, and ends with the last', () => {
    const { unmount } = render(
      <>
        {[60, 90, 120, 600].map((seconds) => (
          <Countdown key={seconds} deadline={deadlineIn(seconds)} />
        ))}
      </>,
    );
    expect(vi.getTimerCount()).toBe(1);
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('gives own markup its seconds', () => {
  const deadline = deadlineIn(3);
  function Own() {
    return <output>{useCountdown(deadline)}</output>;
  }
  render(<Own />);
  expect(screen.getByRole('status')).toHaveTextContent('3');
  pass(2);
  expect(screen.getByRole('status')).toHaveTextContent('1');
  pass(5);
  expect(screen.getByRole('status')).toHaveTextContent('0');
});
