import type { Meta, StoryObj } from '@storybook/react-vite';
import { EnrollSms } from 'mfa-kit';
import type { TestBackend } from 'mfa-kit/testing';
import { expect, screen, userEvent } from 'storybook/test';

import { SAMPLE_PHONE, wrongCode } from '../act.js';

const meta = {
  title: 'Enrolment/EnrollSms',
  component: EnrollSms,
  args: { onCancel: () => {}, defaultCountry: 'US', testNumbers: [SAMPLE_PHONE, '+15555555555'] },
} satisfies Meta<typeof EnrollSms>;

export default meta;
type Story = StoryObj<typeof meta>;

const backendOf = (loaded: Record<string, unknown>) => loaded.backend as TestBackend;
const phone = () => screen.findByLabelText('Phone number');

export const Ready: Story = {
  play: async () => {
    await expect(await phone()).toBeVisible();
  },
};

export const NumberRefused: Story = {
  play: async () => {
    await userEvent.type(await phone(), '(800) 234-5678{Enter}');
    await expect(await screen.findByText(/This number cannot receive text messages/)).toBeVisible();
  },
};

export const SendingFailed: Story = {
  play: async ({ loaded }) => {
    backendOf(loaded).faults.always('POST /factors', { kind: 'answer', status: 503, body: {} });
    await userEvent.type(await phone(), `${SAMPLE_PHONE}{Enter}`);
    await expect(await screen.findByText(/Something went wrong on our side/)).toBeVisible();
  },
};

export const CodeSent: Story = {
  play: async () => {
    await userEvent.type(await phone(), `${SAMPLE_PHONE}{Enter}`);
    await expect(await screen.findByText('•••• 0006')).toBeVisible();
  },
};

export const WrongCode: Story = {
  play: async (context) => {
    await CodeSent.play?.(context);
    await userEvent.type(
      screen.getByLabelText('One-time code'),
      wrongCode(backendOf(context.loaded).currentCode()),
    );
    await expect(await screen.findByText(/That code is not right/)).toBeVisible();
  },
};

export const Done: Story = {
  play: async (context) => {
    await CodeSent.play?.(context);
    await userEvent.type(screen.getByLabelText('One-time code'), backendOf(context.loaded).currentCode());
    await expect(await screen.findByText('Your phone is set up.')).toBeVisible();
  },
};
