import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent, screen, spyOn, userEvent, waitFor, within } from 'storybook/test';

import { ThemeEditor } from './theme-editor.js';
import { TokenTable } from './token-table.js';
import { readLength, splitLightDark } from './read-tokens.js';
import { TOKENS } from './tokens.js';

const meta = {
  title: 'Theming/Editor',
  component: ThemeEditor,
  tags: ['!autodocs'],
  parameters: { layout: 'fullscreen' },
  decorators: [
    (Story) => (
      <div className="kit-stage">
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof ThemeEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Once both screens have their picture, so that nothing changes any more. */
const ready = () => waitFor(() => expect(screen.getAllByRole('img', { name: /scan/i })).toHaveLength(2));

const valueOf = (name: string) => TOKENS.find((token) => token.name === name)?.value ?? '';

export const Default: Story = { play: ready };

/** A color that is too light for white text is told of, and only what was changed is copied. */
export const Changed: Story = {
  parameters: { a11y: { context: { include: ['.frame'], exclude: ['.kit-card'] } } }, // whose contrast is too low on purpose
  play: async () => {
    await ready();
    const copy = spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await fireEvent.input(screen.getByLabelText('--mfa-color-accent, light'), {
      target: { value: '#ffcc00' },
    });
    await fireEvent.change(screen.getByLabelText('--mfa-radius'), { target: { value: '0' } });
    const row = screen.getByRole('row', { name: /^on-accent on accent 4\.5/ });
    await expect(await within(row).findByText(/too low/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Copy CSS' }));
    await expect(copy).toHaveBeenCalledWith(
      '/* After mfa-kit/styles.css */\n:root {\n' +
        `  --mfa-color-accent: light-dark(#ffcc00, ${splitLightDark(valueOf('--mfa-color-accent')).dark});\n` +
        '  --mfa-radius: 0rem;\n}\n',
    );
    await expect(await screen.findByText('Copied.')).toBeVisible();
    const [button] = screen.getAllByRole('button', { name: 'Verify' });
    await waitFor(() =>
      expect(button).toHaveStyle({ backgroundColor: 'rgb(255, 204, 0)', borderRadius: '0px' }),
    );
  },
};

export const Reset: Story = {
  play: async () => {
    await ready();
    await fireEvent.change(screen.getByLabelText('--mfa-radius'), { target: { value: '0' } });
    await userEvent.click(screen.getByRole('button', { name: 'Reset' }));
    await expect(screen.getByText('/* Nothing is changed yet. */')).toBeVisible();
    const { amount } = readLength(valueOf('--mfa-radius')) ?? {};
    await expect(screen.getByLabelText('--mfa-radius')).toHaveValue(String(amount));
  },
};

/** Its promise: 7 : 1 wherever text or an edge stands on something. */
export const HighContrast: Story = {
  args: { start: 'high-contrast' },
  play: async () => {
    await ready();
    const table = within(screen.getByRole('region', { name: 'Contrast' }));
    for (const row of table.getAllByRole('row').slice(1)) {
      for (const ratio of within(row).getAllByRole('cell').slice(1)) {
        await waitFor(() => expect(Number(ratio.textContent), row.textContent).toBeGreaterThanOrEqual(7));
      }
    }
  },
};

const isReadable: Story['play'] = async () => {
  await ready();
  await waitFor(() => expect(screen.queryByText('…')).toBeNull());
  await expect(screen.queryAllByText(/too low/)).toEqual([]);
};
export const BrandSerif: Story = { args: { start: 'brand-serif' }, play: isReadable };
export const Compact: Story = { args: { start: 'compact' }, play: isReadable };
export const Shadcn: Story = { args: { start: 'shadcn' }, play: isReadable };

export const Variables: Story = { render: () => <TokenTable /> };
