import { MfaProvider } from 'mfa-kit';
import { type ReactNode, StrictMode, useLayoutEffect } from 'react';

import en from '../src/messages/en.js';
import { applyToDocument, colorSchemeOf } from './document-settings.js';
import { linkToPanel } from './emulator/link-to-panel.js';
import { applyNetwork } from './network.js';
import { pseudoLocale } from './pseudo-locale.js';
import type { StoryMount } from './story-mount.js';
import type { ToolbarGlobals } from './toolbar.js';

const MESSAGES = { en: undefined, 'en-XA': pseudoLocale(en) };

interface StoryPageProps {
  storyId: string;
  mount: StoryMount;
  globals: ToolbarGlobals;
  /** Among others on a docs page, whose document is not the story's. */
  isEmbedded: boolean;
  children: ReactNode;
}

/** The app round a story: one card on a quiet page, with the story's own servers behind it. */
export function StoryPage({ storyId, mount, globals, isEmbedded, children }: StoryPageProps) {
  const { theme, dir, locale, textSize } = globals;
  useLayoutEffect(
    () => (isEmbedded ? undefined : applyToDocument({ theme, dir, locale, textSize })),
    [isEmbedded, theme, dir, locale, textSize],
  );
  const ownSettings = { dir, lang: locale, style: { colorScheme: colorSchemeOf(theme) } };
  return (
    <StrictMode>
      <Servers
        key={`servers-${mount.id}`}
        storyId={storyId}
        mount={mount}
        network={globals.network}
        isEmbedded={isEmbedded}
      />
      <MfaProvider key={mount.id} backend={mount.backend} messages={MESSAGES[locale]}>
        <div className="page" data-embedded={isEmbedded || undefined} {...(isEmbedded && ownSettings)}>
          <div className="frame">{children}</div>
        </div>
      </MfaProvider>
    </StrictMode>
  );
}

type ServersProps = Pick<StoryPageProps, 'storyId' | 'mount' | 'isEmbedded'> &
  Pick<ToolbarGlobals, 'network'>;

/** Stands before the components that call them, so that its effects, too, come first. */
function Servers({ storyId, mount: { backend }, network, isEmbedded }: ServersProps) {
  useLayoutEffect(
    () => (isEmbedded ? undefined : linkToPanel(storyId, backend)),
    [storyId, backend, isEmbedded],
  );
  useLayoutEffect(() => applyNetwork(network, backend), [network, backend]);
  return null;
}
