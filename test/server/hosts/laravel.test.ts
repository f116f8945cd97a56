// @vitest-environment node
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

import { at } from './host.ts';

it.each(['MfaController', 'MfaGuard', 'MfaRefusal'])(
  'the Laravel host’s %s has no error of syntax',
  (name) => {
    const { status, stdout, error } = spawnSync('php', ['-l', at(`examples/hosts/laravel/${name}.php`)], {
      encoding: 'utf8',
    });
    expect(error).toBeUndefined();
    expect(stdout).toMatch(/^No syntax errors/);
    expect(status).toBe(0);
  },
);
