import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

import { demoServer } from './server/demo-server.ts';

const kit = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

export default defineConfig({
  plugins: [react(), demoServer()],
  resolve: {
    // Only here, in the kit's own repository, so that the demo runs without a build. A host installs the package and
    // needs no alias.
    alias: [
      { find: /^mfa-kit$/, replacement: kit('index.ts') },
      { find: /^mfa-kit\/(server|emulator)$/, replacement: kit('$1/index.ts') },
      { find: 'mfa-kit/styles.css', replacement: kit('styles/index.css') },
    ],
  },
  server: {
    host: '127.0.0.1', // this machine only: any password signs in
    port: Number(process.env.PORT || 5173),
    strictPort: true,
    open: process.stdout.isTTY, // a person's terminal, not a test's
    cors: false, // no other origin may read what is answered here
    ...(process.env.WATCH === 'off' && { watch: null }), // tests want no reload when a file is saved
    fs: { allow: ['../..'] }, // the alias leads out of this folder
  },
});
