import { render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { createTestBackend, type TestBackend, type TestBackendOptions } from 'mfa-kit/testing';
import { MfaProvider } from 'mfa-kit';
import { type ReactNode, StrictMode } from 'react';

/** Renders below a provider, in StrictMode, on a handler and an emulator of their own. */
export function renderMfa(ui: ReactNode, options: TestBackendOptions & { backend?: TestBackend } = {}) {
  const backend = options.backend ?? createTestBackend(options);
  const frame = (children: ReactNode) => (
    <StrictMode>
      <MfaProvider backend={backend}>{children}</MfaProvider>
    </StrictMode>
  );
  const view = render(frame(ui));
  return {
    ...view,
    /** Shows something else below the same provider. */
    show: (next: ReactNode) => view.rerender(frame(next)),
    backend,
    user: userEvent.setup(),
  };
}
