import type { Preview } from '@storybook/react-vite';
import { createTestBackend } from 'mfa-kit/testing';
import { configure } from 'storybook/test';

import '@fontsource-variable/inter/index.css';
import '../src/styles/index.css';
import './preview.css';
import { extractArgTypes, extractComponentDescription } from './props-table.js';
import { checkStory, watchStory } from './story-checks.js';
import { beginStory, mountOf } from './story-mount.js';
import { StoryPage } from './story-page.js';
import { ThemedDocs } from './themed-docs.js';
import { globalTypes, initialGlobals, toolbarGlobals, VIEWPORTS } from './toolbar.js';

// A busy machine is slow, not wrong: what a story waits for may take longer than the usual second.
configure({ asyncUtilTimeout: 5000 });

const preview: Preview = {
  tags: ['autodocs'],
  parameters: {
    a11y: { test: 'error' },
    layout: 'fullscreen',
    docs: { container: ThemedDocs, extractArgTypes, extractComponentDescription },
    viewport: { options: VIEWPORTS },
    options: {
      storySort: {
        order: [
          'Docs',
          [
            'Getting started',
            'Mounting the handler',
            'Stores',
            'Backend contract',
            'Check your proxy',
            'Hosts',
            'Your own view',
            'Messages',
            'Theming',
            'Accessibility',
            'Security',
          ],
          'Enrolment',
          'Verification',
          'Factors',
          'Fields',
          'Provider',
          'Theming',
        ],
      },
    },
  },
  initialGlobals,
  globalTypes,
  loaders: [
    // Each story has the real handler and the real emulator to itself.
    () => ({ backend: createTestBackend() }),
    // Text that changes its font moves what stands below it.
    async () => void (await document.fonts.load("1rem 'Inter Variable'")),
  ],
  beforeEach: [watchStory, beginStory],
  afterEach: checkStory,
  decorators: [
    (Story, context) => {
      const mount = mountOf(context);
      return (
        <StoryPage
          storyId={context.id}
          mount={mount}
          globals={toolbarGlobals(context.globals)}
          isEmbedded={context.viewMode === 'docs'}
        >
          <Story loaded={mount.loaded} />
        </StoryPage>
      );
    },
  ],
};

export default preview;
