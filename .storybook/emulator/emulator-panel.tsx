// `React` is there for JSX: Storybook bundles its manager for the classic runtime.
import React, { useState } from 'react';
import { AddonPanel, Button } from 'storybook/internal/components';
import { styled } from 'storybook/theming';

import { FactorsSection } from './factors-section.js';
import { MessagesSection } from './messages-section.js';
import { RequestsSection } from './requests-section.js';
import { useEmulator } from './use-emulator.js';

/** The side of a story that a person has elsewhere: their authenticator app, their phone, and the server's view of it. */
export function EmulatorPanel({ active }: { active: boolean }) {
  const { state, command, reset } = useEmulator();
  const [copied, setCopied] = useState('');
  if (!state) {
    return (
      <AddonPanel active={active}>
        <Nothing>
          No story is shown, so there is no emulator. Open a story to see its factors and codes.
        </Nothing>
      </AddonPanel>
    );
  }
  const { user, said, factors, messages, requests } = state;
  const run = (what: Parameters<typeof command>[0]) => {
    setCopied('');
    command(what);
  };
  const codeActions = {
    onType: (code: string) => run({ do: 'type-code', code }),
    onCopied: setCopied,
  };
  return (
    <AddonPanel active={active}>
      <>
        <Bar role="group" aria-label="Emulator">
          <Account>{user === null ? 'Nobody is signed in' : `Signed in as ${user}`}</Account>
          <Said role="status">{copied || said}</Said>
          <Button ariaLabel={false} size="small" onClick={() => run({ do: 'expire-codes' })}>
            Expire codes now
          </Button>
          <Button ariaLabel={false} size="small" onClick={() => run({ do: 'skip-30-seconds' })}>
            Skip 30 s
          </Button>
          <Button
            ariaLabel={false}
            size="small"
            onClick={() => run({ do: user === null ? 'sign-in' : 'sign-out' })}
          >
            {user === null ? 'Sign in' : 'Sign out'}
          </Button>
          <Button ariaLabel={false} size="small" onClick={reset}>
            Reset
          </Button>
        </Bar>
        <Columns>
          <FactorsSection factors={factors} codesEndAt={state.since + state.codesEndIn} {...codeActions} />
          <MessagesSection messages={messages} {...codeActions} />
          <RequestsSection requests={requests} onClear={() => run({ do: 'clear-requests' })} />
        </Columns>
      </>
    </AddonPanel>
  );
}

const Bar = styled.div(({ theme }) => ({
  position: 'sticky',
  insetBlockStart: 0,
  zIndex: 1,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  padding: '10px 16px',
  background: theme.background.content,
  borderBlockEnd: `1px solid ${theme.appBorderColor}`,
}));

const Account = styled.span(({ theme }) => ({
  fontSize: theme.typography.size.s2,
  fontWeight: theme.typography.weight.bold,
  color: theme.color.defaultText,
}));

const Said = styled.span(({ theme }) => ({
  flex: 1,
  minInlineSize: '12ch',
  fontSize: theme.typography.size.s2,
  color: theme.textMutedColor,
  textAlign: 'end',
}));

const Columns = styled.div({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))',
  gap: '8px 32px',
  padding: '16px 16px 24px',
});

const Nothing = styled.p(({ theme }) => ({
  margin: 0,
  padding: 24,
  fontSize: theme.typography.size.s2,
  color: theme.textMutedColor,
  textAlign: 'center',
}));
