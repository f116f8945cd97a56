import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(() => {
  if (typeof document !== 'undefined') cleanup();
});

afterEach(() => {
  // The countdowns' shared timer may be one of a fake clock that is gone: looking at the page again starts another.
  if (typeof document !== 'undefined') dispatchEvent(new Event('focus'));
});
