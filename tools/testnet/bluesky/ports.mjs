import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Ports of 127.0.0.1 that nobody listens on, one for each name: all are held until the last is found.
 * @template {string} Name
 * @param {Name[]} names
 * @returns {Promise<Record<Name, number>>}
 */
export async function freePorts(names) {
  const held = names.map(() => createServer().listen(0, '127.0.0.1'));
  await Promise.all(held.map(server => once(server, 'listening')));
  const ports = held.map(server => /** @type {import('node:net').AddressInfo} */ (server.address()).port);
  await Promise.all(held.map(server => new Promise(resolve => server.close(resolve))));
  const named = names.map((name, index) => [name, ports[index]]);
  return Object.fromEntries(named);
}
