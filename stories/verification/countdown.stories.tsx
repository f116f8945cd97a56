import type { Meta, StoryObj } from '@storybook/react-vite';
import { Countdown, type CountdownProps, deadlineIn } from 'mfa-kit';
import { useState } from 'react';
import { expect, screen, waitFor } from 'storybook/test';

import { moveDeviceClock } from '../device-clock.js';

interface SecondsProps extends Omit<CountdownProps, 'deadline'> {
  /** How long from the moment it is first shown. */
  seconds: number;
}

function CountdownFrom({ seconds, ...props }: SecondsProps) {
  const [deadline] = useState(() => deadlineIn(seconds));
  return <Countdown {...props} deadline={deadline} />;
}

const meta = {
  title: 'Fields/Countdown',
  component: Countdown,
  args: { deadline: deadlineIn(600) },
} satisfies Meta<typeof Countdown>;

export default meta;
type Story = StoryObj<typeof meta>;

const from =
  (seconds: number): NonNullable<Story['render']> =>
  ({ deadline: _deadline, ...args }) => <CountdownFrom {...args} seconds={seconds} />;

const timer = () => screen.getByRole('timer');
/** From the first paint on; a clock that jumps before has always told that time. */
const counting = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

export const Running: Story = {
  render: from(600),
  play: async () => {
    await expect(timer()).toHaveTextContent(/^Expires in (10:00|9:5\d)$/);
  },
};

export const Hours: Story = {
  render: from(2 * 60 * 60 + 5 * 60),
  play: async () => {
    await expect(timer()).toHaveTextContent(/^Expires in 2:0[45]:\d\d$/);
  },
};

/** Screen readers hear of it now, at 20 seconds and at the end, and of no other second. */
export const LastMinute: Story = {
  render: from(600),
  play: async () => {
    await counting();
    moveDeviceClock(550_000);
    await waitFor(() => expect(timer()).toHaveTextContent(/^Expires in 0:(50|4\d)$/));
    await expect(screen.getByRole('status')).toHaveTextContent(/^The code expires in (50|4\d) seconds\.$/);
  },
};

export const Passed: Story = {
  render: from(60),
  play: async () => {
    await counting();
    moveDeviceClock(61_000);
    await waitFor(() => expect(timer()).toHaveTextContent('Expires in 0:00'));
    await expect(timer().parentElement).toHaveAttribute('data-passed');
    await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('The code has expired.'));
  },
};
