// @vitest-environment node
import { checkProxy, CONTRACT_ROWS } from 'mfa-kit/testing';
import { expect, it } from 'vitest';

import { FAULTS, FOUNDATIONS } from './faults.js';
import { mountHandler, named, startWorkOs, through } from './own-proxy.js';
import type { Fault } from './tamper.js';

async function check(fault: Fault) {
  const workOs = startWorkOs();
  const handler = mountHandler(workOs);
  return checkProxy({
    ...workOs.given,
    fetch: through((request) => fault(request, handler, workOs)),
  });
}

it.each(FAULTS)('names the one fault of a proxy that %s: %s', async (_, row, fault) => {
  expect(named(await check(fault()), 'missed', 'advised')).toEqual([row]);
});

it.each(FOUNDATIONS)('names what all the rest stands on, of a proxy that %s: %s', async (_, rows, fault) => {
  expect(named(await check(fault()), 'missed', 'advised')).toEqual(rows);
});

it('has a fault for every row', () => {
  const tried = new Set([...FAULTS.map(([, row]) => row), ...FOUNDATIONS.flatMap(([, rows]) => rows)]);
  expect(CONTRACT_ROWS.filter(({ name }) => !tried.has(name))).toEqual([]);
});
