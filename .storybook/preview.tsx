import type { Preview } from '@storybook/react-vite';
import { MfaProvider } from 'mfa-kit';
import { createTestBackend } from 'mfa-kit/testing';
import { StrictMode } from 'react';

import '../src/styles/index.css';
import './preview.css';

const preview: Preview = {
  tags: ['autodocs'],
  parameters: {
    a11y: { test: 'error' },
    layout: 'centered',
  },
  initialGlobals: { theme: 'light', dir: 'ltr' },
  globalTypes: {
    theme: {
      description: 'Theme',
      toolbar: { icon: 'mirror', title: 'Theme', items: ['light', 'dark'], dynamicTitle: true },
    },
    dir: {
      description: 'Text direction',
      toolbar: { icon: 'transfer', title: 'Direction', items: ['ltr', 'rtl'], dynamicTitle: true },
    },
  },
  // Each story has the real handler and the real emulator to itself.
  loaders: [() => ({ backend: createTestBackend() })],
  decorators: [
    (Story, { globals, loaded }) => {
      document.documentElement.dir = globals.dir;
      document.documentElement.style.colorScheme = globals.theme;
      return (
        <StrictMode>
          <MfaProvider backend={loaded.backend}>
            <div className="frame">
              <Story />
            </div>
          </MfaProvider>
        </StrictMode>
      );
    },
  ],
};

export default preview;
