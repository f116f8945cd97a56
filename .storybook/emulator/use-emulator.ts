import { useEffect, useState } from 'react';
import { FORCE_REMOUNT } from 'storybook/internal/core-events';
import { useChannel } from 'storybook/manager-api';

import {
  EMULATOR_COMMAND,
  EMULATOR_STATE,
  type EmulatorCommand,
  type EmulatorState,
} from './emulator-channel.js';

/** The state with the moment it came, by `performance.now()`: the story's own clock may be wrong. */
export type ShownState = EmulatorState & { since: number };

/** The story's servers, as the preview tells of them, and how to act on them. */
export function useEmulator() {
  const [state, setState] = useState<ShownState | null>(null);
  const emit = useChannel({
    [EMULATOR_STATE]: (told: EmulatorState | null) => setState(told && { ...told, since: performance.now() }),
  });
  const command = (what: EmulatorCommand) => emit(EMULATOR_COMMAND, what);
  // A panel that is opened later has missed what was told before.
  useEffect(() => emit(EMULATOR_COMMAND, { do: 'tell' } satisfies EmulatorCommand), [emit]);
  return {
    state,
    command,
    /** Starts the story over with servers of its own that are empty, or as it prepares them. */
    reset: () => state && emit(FORCE_REMOUNT, { storyId: state.storyId }),
  };
}
