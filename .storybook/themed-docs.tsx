import { DocsContainer, type DocsContainerProps } from '@storybook/addon-docs/blocks';
import { type PropsWithChildren, useLayoutEffect, useSyncExternalStore } from 'react';
import { GLOBALS_UPDATED, SET_GLOBALS } from 'storybook/internal/core-events';
import { themes } from 'storybook/theming';

import { applyToDocument, colorSchemeOf } from './document-settings.js';
import { toolbarGlobals } from './toolbar.js';

/** A docs page in the toolbar's theme and text size. Its own words are English, whatever its stories are in. */
export function ThemedDocs({ context, ...props }: PropsWithChildren<DocsContainerProps>) {
  const { channel } = context;
  const globals = useSyncExternalStore(
    (listener) => {
      channel.on(GLOBALS_UPDATED, listener);
      return () => channel.off(GLOBALS_UPDATED, listener);
    },
    () => {
      const [told] = channel.last(GLOBALS_UPDATED) ?? channel.last(SET_GLOBALS) ?? [];
      return told?.globals as Record<string, unknown> | undefined; // the channel knows no types
    },
  );
  const { theme, textSize } = toolbarGlobals(globals ?? {});
  useLayoutEffect(() => applyToDocument({ theme, textSize, dir: 'ltr', locale: 'en' }), [theme, textSize]);
  return <DocsContainer {...props} context={context} theme={themes[colorSchemeOf(theme)]} />;
}
