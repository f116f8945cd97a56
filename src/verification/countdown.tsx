'use client';
import { type ComponentPropsWithoutRef, useEffect, useRef } from 'react';

import { format, formatPlural, splitAt } from '../messages/format.js';
import { useFlowMessages } from '../messages/messages-context.js';
import { type Deadline, formatSeconds, secondsUntil } from './deadline.js';
import { onTickUntil } from './ticker.js';

export interface CountdownProps extends Omit<ComponentPropsWithoutRef<'span'>, 'children'> {
  /** What it counts down to: `code.expiry` of a flow, or `deadlineIn(seconds)`. */
  deadline: Deadline;
}

/**
 * Shows when a code expires. The text ticks by itself, without rendering anything; screen readers are told at 60 and at
 * 20 seconds and at the end only. Style it by `.mfa-countdown` and `[data-passed]`.
 */
export function Countdown({ deadline, className, ...props }: CountdownProps) {
  const messages = useFlowMessages();
  const { countdown, locale } = messages;
  const root = useRef<HTMLSpanElement>(null);
  const status = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    let said = secondsUntil(deadline);
    const say = (text: string) => {
      if (status.current) status.current.textContent = text;
    };
    say('');
    const tick = () => {
      const left = secondsUntil(deadline);
      for (const mark of [20, 60]) {
        if (left <= mark && said > mark && left > 0) say(formatPlural(countdown.secondsLeft, left, locale));
      }
      // Only if it is still there then: a screen that says so itself takes it away.
      if (left === 0 && said > 0) setTimeout(() => say(countdown.expired));
      said = left;
      root.current?.toggleAttribute('data-passed', left === 0);
    };
    tick();
    return onTickUntil(deadline, tick);
  }, [deadline, countdown, locale]);

  const [before, after] = splitAt(countdown.expiresIn, 'time');
  return (
    <span {...props} ref={root} className={className ? `mfa-countdown ${className}` : 'mfa-countdown'}>
      <span role="timer">
        {before}
        <Time deadline={deadline} />
        {after}
      </span>
      <span className="mfa-visually-hidden" role="status" ref={status} />
    </span>
  );
}

/** The place of a `Countdown` that is still to come, or is over. */
export function CountdownFrame() {
  const { expiresIn } = useFlowMessages().countdown;
  return (
    <span
      className="mfa-countdown mfa-room"
      data-room={format(expiresIn, { time: '00:00' })}
      aria-hidden="true"
    />
  );
}

/** Minutes and seconds until a deadline, ticking by itself. */
export function Time({ deadline }: { deadline: Deadline }) {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = () => {
      const text = ref.current?.firstChild as Text | null | undefined; // React's one child below is a string
      const left = formatSeconds(secondsUntil(deadline));
      // Written past React, which would render each second for one changed digit.
      if (text && text.data !== left) text.data = left;
    };
    write();
    return onTickUntil(deadline, write);
  }, [deadline]);
  return (
    <span className="mfa-time" ref={ref} suppressHydrationWarning>
      {formatSeconds(secondsUntil(deadline))}
    </span>
  );
}

/** A message whose `{time}` ticks. */
export function WithTime({ text, deadline }: { text: string; deadline: Deadline }) {
  const [before, after] = splitAt(text, 'time');
  return (
    <span>
      {before}
      <Time deadline={deadline} />
      {after}
    </span>
  );
}
