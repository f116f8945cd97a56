// @vitest-environment node
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';

const entry = fileURLToPath(new URL('../../src/emulator/index.ts', import.meta.url));

it('runs in a Worker or a browser: with Web APIs alone, and none of our other folders', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'iife',
    globalName: 'emulator',
    platform: 'browser', // a `node:` import fails the build
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const ours = Object.keys(metafile.inputs).filter((path) => !path.includes('node_modules/'));
  expect(ours.filter((path) => !path.startsWith('src/emulator/'))).toEqual([]);

  const webApis = { atob, btoa, crypto, Headers, Request, Response, TextDecoder, TextEncoder, URL };
  const body: unknown = await runInNewContext(
    `${outputFiles[0]?.text}
    emulator.createWorkOsEmulator({ apiKey: 'sk' }).fetch(new Request('https://api.workos.com/auth/factors/enroll', {
      method: 'POST',
      headers: { Authorization: 'Bearer sk' },
      body: '{"type":"totp","totp_issuer":"Foo Corp","totp_user":"alan"}',
    })).then((response) => response.json())`,
    webApis,
  );
  expect(body).toMatchObject({ totp: { qr_code: expect.stringContaining('data:image/png;base64,') } });
});
