// `React` is there for JSX: Storybook bundles its manager for the classic runtime.
import React from 'react';
import { addons, types } from 'storybook/manager-api';

import { EmulatorPanel } from './emulator/emulator-panel.js';

// Cards are narrow and tall: beside the panel there is room for them.
addons.setConfig({
  layout: { panelPosition: 'right', rightPanelWidth: 420 },
  selectedPanel: 'mfa-kit/emulator',
});

addons.register('mfa-kit', () => {
  addons.add('mfa-kit/emulator', {
    type: types.PANEL,
    title: 'Emulator',
    render: ({ active = false }) => <EmulatorPanel active={active} />,
  });
});
