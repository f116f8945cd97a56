// @ts-check
/**
 * Loaded into a process and all its children (`node --import`): refuses each connection to another machine, and keeps
 * where it should have gone in the file that `NETWORK_LOG` names.
 */
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';
import process from 'node:process';

const LOCAL = /^(localhost|127(\.\d+){3}|::1)$/;

/** @param {string} host */
function refuse(host) {
  appendFileSync(process.env.NETWORK_LOG ?? '', `${host}\n`);
  return new Error(`There is no network: ${host}`);
}

const connect = Reflect.get(net.Socket.prototype, 'connect');
/**
 * @this {net.Socket}
 * @param {any[]} given Options, or a port and a host; from Node itself either of them in an array.
 */
net.Socket.prototype.connect = function (...given) {
  const [first, second] = given.flat();
  const host = typeof first === 'object' ? first?.host : second;
  if (typeof host === 'string' && !LOCAL.test(host)) throw refuse(host);
  return Reflect.apply(connect, this, given);
};

const { lookup } = dns;
dns.lookup = Object.assign(
  /** @param {any[]} given */
  (...given) => {
    const [host] = given;
    // An address needs no lookup, and a server asks so for the one it listens on.
    if (typeof host === 'string' && !LOCAL.test(host) && !net.isIP(host)) return given.at(-1)(refuse(host));
    return Reflect.apply(lookup, dns, given);
  },
  lookup,
);
