// @vitest-environment node
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addressGroup } from '../../src/server/client-address.js';
import { ADA, EVE, mountHandler, OTHER_PHONE, PHONE } from './mounted-handler.js';

describe('one client', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    [' 192.0.2.1 ', '192.0.2.1'],
    ['192.0.2.1:54321', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:C000:0201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['[::ffff:192.0.2.1]:443', '192.0.2.1'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:0000:0000:0000:0001', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::1]', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::1]:54321', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::192.0.2.1', '2001:db8:1:2::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['fe80::1%25en1', 'fe80:0:0:0::/64'],
    ['[fe80::1%eth0]:443', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ])('is known however its address is written: %s is %s', (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });

  it.each([
    '',
    'unknown',
    '_hidden',
    '192.0.2.1, 198.51.100.2',
    '2001:db8::1::2',
    'gggg::1',
    '[',
    ']',
    '1:2',
  ])('of a rubbish address %j is itself, and no error', (address) => {
    expect(addressGroup(address)).toBe(address);
  });

  it('is one in its whole /64 and none in the next, and IPv4 addresses are one each', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    const hex = (...parts: number[]) => parts.map((part) => part.toString(16)).join(':');
    const prefix = fc.tuple(fc.integer({ min: 1, max: 0xffff }), group, group, group);
    const rest = fc.tuple(group, group, group, group);
    fc.assert(
      fc.property(prefix, prefix, rest, rest, (one, other, here, there) => {
        const address = addressGroup(hex(...one, ...here));
        expect(addressGroup(hex(...one, ...there))).toBe(address);
        expect(addressGroup(`${hex(...other)}::1`) === address).toBe(hex(...one) === hex(...other));
      }),
    );
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), (one, other) => {
        expect(addressGroup(one) === addressGroup(other)).toBe(one === other);
        expect(addressGroup(`::ffff:${one}`)).toBe(addressGroup(one));
      }),
    );
  });

  it('is never lost to an error, whatever a host’s proxy calls it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.ipV6(), fc.webUrl()), (address) => {
        expect(typeof addressGroup(address)).toBe('string');
      }),
    );
  });
});

it('cannot send more by changing its address within its own /64', async () => {
  const at = (clientIp: string) => ({ ...ADA, id: `user_${clientIp}`, clientIp });
  let user = at('2001:db8::1');
  const { as, emulator } = mountHandler({ user: () => user });
  const challenge = async (phone: string) => {
    const { id } = await as(EVE).enrolSms(phone);
    return (await as(EVE).post(`/factors/${id}/challenge`)).status;
  };
  expect(await challenge(PHONE)).toBe(201);
  user = at('2001:db8::2');
  expect(await challenge(OTHER_PHONE)).toBe(429);
  user = at('2001:db8:0:1::1');
  expect(await challenge(OTHER_PHONE)).toBe(201);
  expect(emulator.inbox).toHaveLength(2);
});
