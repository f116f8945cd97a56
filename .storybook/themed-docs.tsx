import { DocsContainer, type DocsContainerProps } from '@storybook/addon-docs/blocks';
import { type PropsWithChildren, useLayoutEffect } from 'react';
import { GLOBALS_UPDATED, SET_GLOBALS } from 'storybook/internal/core-events';
import { themes } from 'storybook/theming';

import { applyToDocument, colorSchemeOf } from './document-settings.js';
import { toolbarGlobals } from './toolbar.js';

/** A docs page in the toolbar's theme and text size. Its own words are English, whatever its stories are in. */
export function ThemedDocs({ context, ...props }: PropsWithChildren<DocsContainerProps>) {
  // Read while rendering: Storybook renders a docs page again whenever the toolbar changes.
  const [told] = context.channel.last(GLOBALS_UPDATED) ?? context.channel.last(SET_GLOBALS) ?? [];
  const { theme, textSize } = toolbarGlobals(told?.globals ?? {});
  useLayoutEffect(() => applyToDocument({ theme, textSize, dir: 'ltr', locale: 'en' }), [theme, textSize]);
  return <DocsContainer {...props} context={context} theme={themes[colorSchemeOf(theme)]} />;
}
