// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest';

import { ADA, json, mountHandler } from './mounted-handler.js';

/** A challenge of Ada's that WorkOS is about to judge, and a second one of the same user. */
async function awaitingVerdict() {
  const onVerified = vi.fn();
  const mounted = mountHandler({ onVerified });
  const ada = mounted.as(ADA);
  const { id: factorId } = await ada.enrolSms();
  const challengeId = await ada.challenge(factorId);
  const otherFactorId = (await ada.enrolSms('+15555555555')).id;
  mounted.clock.now += 30_000; // between two text messages
  const otherChallengeId = await ada.challenge(otherFactorId);
  return { mounted, ada, onVerified, factorId, challengeId, otherFactorId, otherChallengeId };
}
type Awaiting = Awaited<ReturnType<typeof awaitingVerdict>>;

const right = ({ challengeId, factorId }: Awaiting) => ({
  object: 'authentication_challenge',
  id: challengeId,
  authentication_factor_id: factorId,
  created_at: '2026-03-01T12:00:00.000Z',
  updated_at: '2026-03-01T12:00:00.000Z',
});

const FALSE_SUCCESSES: Record<string, (awaiting: Awaiting) => Response> = {
  'valid: "true"': (of) => json({ challenge: right(of), valid: 'true' }, 201),
  'valid: 1': (of) => json({ challenge: right(of), valid: 1 }, 201),
  'valid: {}': (of) => json({ challenge: right(of), valid: {} }, 201),
  'valid: [true]': (of) => json({ challenge: right(of), valid: [true] }, 201),
  'valid: null': (of) => json({ challenge: right(of), valid: null }, 201),
  'Valid: true': (of) => json({ challenge: right(of), Valid: true }, 201),
  'no valid': (of) => json({ challenge: right(of) }, 201),
  'valid in __proto__': (of) =>
    json(`{"challenge":${JSON.stringify(right(of))},"__proto__":{"valid":true}}`, 201),
  'valid inside the challenge': (of) => json({ challenge: { ...right(of), valid: true } }, 201),
  'an envelope around it': (of) => json({ data: { challenge: right(of), valid: true } }, 201),
  'an array around it': (of) => json([{ challenge: right(of), valid: true }], 201),
  'another challenge of the same user': (of) =>
    json({ challenge: { ...right(of), id: of.otherChallengeId }, valid: true }, 201),
  'another factor of the same user': (of) =>
    json({ challenge: { ...right(of), authentication_factor_id: of.otherFactorId }, valid: true }, 201),
  'the id in other letters': (of) =>
    json({ challenge: { ...right(of), id: of.challengeId.toLowerCase() }, valid: true }, 201),
  'the id with a blank': (of) =>
    json({ challenge: { ...right(of), id: `${of.challengeId} ` }, valid: true }, 201),
  'the ids in __proto__': (of) =>
    json(`{"challenge":{"__proto__":${JSON.stringify(right(of))}},"valid":true}`, 201),
  'no challenge': () => json({ valid: true }, 201),
  'challenge: null': () => json({ challenge: null, valid: true }, 201),
  'challenge: its id': ({ challengeId }) => json({ challenge: challengeId, valid: true }, 201),
  'an empty challenge': () => json({ challenge: {}, valid: true }, 201),
  'no factor': ({ challengeId }) => json({ challenge: { id: challengeId }, valid: true }, 201),
  'an error code beside it': (of) =>
    json({ challenge: right(of), valid: true, code: 'authentication_challenge_expired' }, 201),
  'an error beside it': (of) => json({ challenge: right(of), valid: true, error: 'invalid' }, 201),
  'errors beside it': (of) =>
    json({ challenge: right(of), valid: true, errors: [{ code: 'one_time_code_expired' }] }, 201),
  'errors beside it that are no list': (of) =>
    json({ challenge: right(of), valid: true, errors: { code: ['is wrong'] } }, 201),
  'an error beside it that is an object': (of) =>
    json({ challenge: right(of), valid: true, error: { code: 'invalid_one_time_code' } }, 201),
  'an error beside it that is true': (of) => json({ challenge: right(of), valid: true, error: true }, 201),
  'a message beside it': (of) =>
    json({ challenge: right(of), valid: true, message: 'Request could not be processed.' }, 201),
  'an error code in the challenge': (of) =>
    json({ challenge: { ...right(of), code: 'authentication_challenge_expired' }, valid: true }, 201),
  'an error in the challenge': (of) =>
    json({ challenge: { ...right(of), error: 'expired' }, valid: true }, 201),
  'errors in the challenge': (of) =>
    json({ challenge: { ...right(of), errors: [{ code: 'expired' }] }, valid: true }, 201),
  'a message in the challenge': (of) =>
    json({ challenge: { ...right(of), message: 'Expired.' }, valid: true }, 201),
  'a status of failure': (of) => json({ challenge: right(of), valid: true }, 400),
  'a status of 202': (of) => json({ challenge: right(of), valid: true }, 202),
  'a status of 206': (of) => json({ challenge: right(of), valid: true }, 206),
  'a redirect': (of) => json({ challenge: right(of), valid: true }, 303, { Location: '/' }),
  'a page of HTML': (of) =>
    new Response(JSON.stringify({ challenge: right(of), valid: true }), {
      headers: { 'Content-Type': 'text/html' },
    }),
  'true alone': () => json('true', 201),
  'two documents': (of) => json(`${JSON.stringify({ challenge: right(of), valid: true })}{}`, 201),
  'a 204': () => new Response(null, { status: 204 }),
};

afterEach(() => void Reflect.deleteProperty(Object.prototype, 'valid'));

describe('is no success:', () => {
  it.each(Object.keys(FALSE_SUCCESSES))('%s', async (name) => {
    const awaiting = await awaitingVerdict();
    const { mounted, ada, onVerified, factorId, challengeId } = awaiting;
    mounted.upstream = () => FALSE_SUCCESSES[name]?.(awaiting);
    const { status, body } = await ada.verify(challengeId, '123456');
    expect([status, body.code]).toEqual([502, 'server_error']);
    expect(onVerified).not.toHaveBeenCalled();
    expect((await ada.get(`/factors/${factorId}`)).body.status).toBe('pending');
  });

  it('a valid that somebody put on Object.prototype', async () => {
    const awaiting = await awaitingVerdict();
    const { mounted, ada, onVerified, challengeId } = awaiting;
    mounted.upstream = () => json({ challenge: right(awaiting) }, 201);
    Reflect.defineProperty(Object.prototype, 'valid', { value: true, configurable: true });
    const { status } = await ada.verify(challengeId, '123456');
    Reflect.deleteProperty(Object.prototype, 'valid');
    expect(status).toBe(502);
    expect(onVerified).not.toHaveBeenCalled();
  });
});

const NO_ERROR = { code: null, error: null, errors: [], message: '' };

it.each<[string, (of: Awaiting) => object]>([
  ['the true one', (of) => ({ challenge: right(of), valid: true })],
  ['one that says there is no error', (of) => ({ challenge: right(of), valid: true, ...NO_ERROR })],
  [
    'one with the one-time code in it',
    (of) => ({ challenge: { ...right(of), code: '123456' }, valid: true }),
  ],
])('%s is a success, and the code in it goes no further', async (_what, answer) => {
  const awaiting = await awaitingVerdict();
  const { mounted, ada, onVerified, challengeId } = awaiting;
  mounted.upstream = () => json(answer(awaiting), 201);
  const { body, text } = await ada.verify(challengeId, '123456');
  expect(body.valid).toBe(true);
  expect(text).not.toContain('123456');
  expect(onVerified).toHaveBeenCalledOnce();
});
