import type { ReactRenderer } from '@storybook/react-vite';
import type { TestBackend } from 'mfa-kit/testing';
import type { StoryContext } from 'storybook/internal/types';

import { moveDeviceClock, resetDeviceClock } from '../stories/device-clock.js';
import { CLOCK_ERROR } from './network.js';
import { toolbarGlobals } from './toolbar.js';

/** What a story on the screen was begun with. */
export interface StoryMount {
  id: number;
  backend: TestBackend;
  /** All that loaders and the story's own `beforeEach` have prepared. */
  loaded: Record<string, unknown>;
  isClockWrong: boolean;
}

/** By the signal that Storybook aborts when it takes a story down or starts it over: one for each time it is mounted. */
const mounts = new WeakMap<AbortSignal, StoryMount>();
let count = 0;

/**
 * The preview's `beforeEach`. Whenever the toolbar changes, Storybook has loaders and `beforeEach` prepare another
 * backend, and renders again without a remount. What is on the screen keeps the backend it began with, so that it keeps
 * its state; what was prepared anew is dropped. Only where the device's clock jumps, under countdowns that run, does the
 * story begin again.
 */
export function beginStory({ abortSignal, globals, loaded }: StoryContext<ReactRenderer>) {
  const isClockWrong = toolbarGlobals(globals).network === 'clock';
  if (mounts.get(abortSignal)?.isClockWrong === isClockWrong) return;
  const backend = loaded.backend as TestBackend; // what the preview's loader put there
  count += 1;
  mounts.set(abortSignal, { id: count, backend, loaded, isClockWrong });
  resetDeviceClock();
  if (isClockWrong) {
    moveDeviceClock(CLOCK_ERROR);
    backend.clock.advance(-CLOCK_ERROR); // the servers' clock is right
  }
  return resetDeviceClock;
}

/** @throws {Error} If the story was never begun. */
export function mountOf({ abortSignal }: Pick<StoryContext<ReactRenderer>, 'abortSignal'>): StoryMount {
  const mount = mounts.get(abortSignal);
  if (!mount) throw new Error('The story is shown without the `beforeEach` of .storybook/preview.tsx.');
  return mount;
}
