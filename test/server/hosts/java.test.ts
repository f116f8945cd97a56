// @vitest-environment node
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { at } from './host.ts';

const JARS = [
  'spring3-core',
  'spring3-beans',
  'spring3-transaction',
  'spring3-jdbc',
  'spring3-web',
  'jackson-annotations',
  'jackson-core',
  'jackson-databind',
];

// `node test/tools/host-toolchains.mjs all` installs a JDK and runs this too.
describe.runIf(process.env.HOST_TESTS === 'all')('the Java host', () => {
  it('compiles with Spring, Jackson and what the SDK looks like to Java', () => {
    const classes = mkdtempSync(path.join(tmpdir(), 'mfa-kit-java-'));
    const sdk = at('test/server/hosts/sdk/java');
    const sources = readdirSync(sdk, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.java'),
    );
    try {
      const classpath = JARS.map((jar) => `/usr/share/java/${jar}.jar`).join(path.delimiter);
      const settings = [
        '--release',
        '17',
        '-proc:none',
        '-encoding',
        'UTF-8',
        '-d',
        classes,
        '-cp',
        classpath,
      ];
      const files = [
        at('examples/hosts/java/MfaController.java'),
        ...sources.map((file) => path.join(sdk, file)),
      ];
      const { status, stderr } = spawnSync('javac', [...settings, ...files], { encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    } finally {
      rmSync(classes, { recursive: true, force: true });
    }
  });
});
