import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

import pkg from './package.json' with { type: 'json' };
import { CHROMIUM_ARGS, findChromium } from './test/tools/chromium.mjs';

const external = Object.keys({ ...pkg.dependencies, ...pkg.peerDependencies });
const isExternal = (id: string) =>
  id.startsWith('node:') || external.some((name) => id === name || id.startsWith(`${name}/`));

const executablePath = await findChromium();

/** A new object for each project: Vitest writes the project's name into `instances`. */
const inChromium = (groupOrder: number) => ({
  sequence: { groupOrder }, // one project after the other: two cores are not enough for more
  testTimeout: 60_000, // the first test of a cold run on a busy 2-core machine can take 15 s
  expect: { poll: { timeout: 10_000 } },
  browser: {
    enabled: true,
    headless: true,
    connectTimeout: 180_000,
    screenshotFailures: false,
    provider: playwright({
      launchOptions: { ...(executablePath && { executablePath }), args: CHROMIUM_ARGS },
    }),
    instances: [{ browser: 'chromium' as const }],
  },
});

export default defineConfig({
  plugins: [
    react(),
    {
      // TypeScript reports a side-effect import that has no types (noUncheckedSideEffectImports).
      name: 'css-types',
      apply: (config, { command }) => command === 'build' && Boolean(config.build?.lib), // not in Storybook
      generateBundle() {
        this.emitFile({ type: 'asset', fileName: 'styles.css.d.ts', source: 'export {};\n' });
      },
    },
  ],
  resolve: {
    alias: [
      // The package under its own name, so that tests and stories import what a host imports.
      { find: /^mfa-kit$/, replacement: fileURLToPath(new URL('src/index.ts', import.meta.url)) },
      {
        find: /^mfa-kit\/(server|emulator|testing)$/,
        replacement: fileURLToPath(new URL('src', import.meta.url)) + '/$1/index.ts',
      },
      {
        find: 'mfa-kit/styles.css',
        replacement: fileURLToPath(new URL('src/styles/index.css', import.meta.url)),
      },
    ],
  },
  // Pre-bundled before the first test: a dependency found later reloads the page in mid-run.
  optimizeDeps: {
    include: [
      'react',
      'react/jsx-runtime',
      'react/jsx-dev-runtime',
      'react-dom',
      'react-dom/client',
      '@hookform/resolvers/standard-schema',
      '@tanstack/react-query',
      '@testing-library/jest-dom/vitest',
      '@testing-library/react',
      '@testing-library/user-event',
      'axe-core',
      'fast-png',
      'libphonenumber-js/core/es6',
      'libphonenumber-js/mobile/metadata',
      'libphonenumber-js/max/metadata',
      'otpauth',
      'qr',
      'react-hook-form',
      'zod/mini',
    ],
  },
  build: {
    target: 'es2022',
    sourcemap: true,
    minify: false,
    cssMinify: false,
    cssCodeSplit: true, // a CSS file can be an entry of its own
    lib: {
      entry: {
        index: 'src/index.ts',
        'messages/en': 'src/messages/en.ts',
        'server/index': 'src/server/index.ts',
        'emulator/index': 'src/emulator/index.ts',
        'testing/index': 'src/testing/index.ts',
        'cli/mfa-kit': 'src/cli/mfa-kit.ts',
        styles: 'src/styles/index.css',
      },
      formats: ['es'],
    },
    rolldownOptions: {
      external: isExternal,
      // One file per module: each keeps its own 'use client'.
      output: { preserveModules: true, preserveModulesRoot: 'src' },
    },
  },
  test: {
    testTimeout: 30_000,
    coverage: { include: ['src/**/*.{ts,tsx}'], exclude: ['**/*.d.ts'] },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'happy-dom',
          isolate: false, // one DOM per worker: 5 times less CPU
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/**/*.browser.test.tsx', 'test/**/*.lab.test.ts', 'test/e2e/**'],
          setupFiles: ['test/setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts', 'test/**/*.lab.test.ts'],
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.tsx'],
          setupFiles: ['test/setup.ts'],
          ...inChromium(2),
        },
      },
      {
        extends: true,
        plugins: [storybookTest({ configDir: '.storybook' })],
        test: { name: 'storybook', ...inChromium(3) },
      },
    ],
  },
});
