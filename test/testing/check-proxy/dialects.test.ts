// @vitest-environment node
import { checkProxy } from 'mfa-kit/testing';
import { expect, it } from 'vitest';

import { mountHandler, named, type Proxy, startWorkOs, through } from './own-proxy.js';
import { callOf } from './tamper.js';

interface Dialect {
  dialect: string;
  bodies: Record<string, unknown>;
}

const dialects = Object.values(
  import.meta.glob<Dialect>('../../backend/dialects/*.json', { eager: true, import: 'default' }),
);

interface Factor {
  id: string;
  type: 'totp' | 'sms';
  totp?: { secret?: string };
}

/** What a host sends who hands on what the SDK gave them: the recorded objects, with the ids of the moment. */
function speaking({ bodies }: Dialect, proxy: Proxy): Proxy {
  const types = new Map<string, Factor['type']>();
  const recorded = (name: string, factorId: string, challengeId = '', secret = '') =>
    JSON.parse(
      JSON.stringify(bodies[name])
        .replaceAll(/auth_factor_\w{26}/g, factorId)
        .replaceAll(/auth_challenge_\w{26}/g, challengeId)
        .replaceAll('NAGCCFS3EYRB422HNAKAKY3XDUORMSRF', secret),
    );
  const read = ({ id, type }: Factor) => recorded(`factor-${type}-get`, id);

  function translated(call: string, body: any): unknown {
    switch (call) {
      case 'GET /factors':
        return around(bodies['um-list'], body.data.map(read));
      case 'GET /factors/:id':
        return read(body);
      case 'POST /factors':
        types.set(body.id, body.type);
        return recorded(`factor-${body.type}-enrolled`, body.id, '', body.totp?.secret);
      case 'POST /factors/:id/challenge': {
        const factorId = body.authentication_factor_id;
        const name = `challenge-${types.get(factorId)}`; // the recordings of Java 4 have it for SMS alone
        return recorded(name in bodies ? name : 'challenge-sms', factorId, body.id);
      }
      default:
        return recorded(
          `verify-${body.valid ? '' : 'in'}valid`,
          body.challenge.authentication_factor_id,
          body.challenge.id,
        );
    }
  }

  return async (request) => {
    const response = await proxy(request);
    if (!response.ok || response.status === 204) return response;
    const body = translated(callOf(request), await response.json());
    return new Response(JSON.stringify(body), { status: response.status, headers: response.headers });
  };
}

/** A list in the envelope of a recorded one. Where none was recorded, or none can be sent, hosts make `data` themselves. */
function around(envelope: unknown, list: unknown[]): unknown {
  if (Array.isArray(envelope)) return list;
  if (typeof envelope !== 'object' || envelope === null) return { data: list };
  const [name] = Object.entries(envelope).find(
    ([, value]) => typeof value === 'object' && value !== null,
  ) ?? ['data'];
  return { ...envelope, [name]: around((envelope as Record<string, unknown>)[name], list) };
}

it.each(dialects)('takes $dialect for what the kit reads', async (dialect) => {
  const workOs = startWorkOs();
  const report = await checkProxy({
    ...workOs.given,
    fetch: through(speaking(dialect, mountHandler(workOs))),
  });
  const shapes = report.rows.filter(({ group }) => group === 'shapes');
  expect(shapes.filter(({ outcome, name }) => outcome !== 'passed' && name !== 'status of a factor')).toEqual(
    [],
  );
  // The SDKs hand the number on as WorkOS has it, and know of no status.
  expect(named(report, 'missed')).toEqual(['whole phone number']);
  expect(named(report, 'not_checked')).toEqual([]);
});
