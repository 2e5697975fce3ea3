import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Addresses that lead into this machine, its network, or nowhere (RFC 6890). */
const inward = new BlockList();
const blocks: [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];
for (const [net, prefix, family] of blocks) inward.addSubnet(net, prefix, family);

/**
 * Whether an address that came in an answer may be asked: it has to lead out into the world, so that no network can
 * have this machine ask its own neighbours. Where the configured service itself runs on this machine, all of that
 * network may.
 *
 * @param service the address in the campaign file
 */
export async function isOutward(address: string | URL, service: string): Promise<boolean> {
  const url = URL.parse(String(address));
  if (url === null || !/^(https?|wss?):$/.test(url.protocol) || url.username !== '') return false;
  const addresses = await addressesOf(url.hostname);
  if (addresses.length === 0) return false;
  if (!addresses.some(isInward)) return true;
  const home = await addressesOf(URL.parse(service)?.hostname ?? '');
  return home.length > 0 && home.every(isLoopback) && addresses.every(isLoopback);
}

async function addressesOf(hostname: string): Promise<string[]> {
  const name = hostname.replace(/^\[|\]$/g, '');
  if (isIP(name) !== 0) return [name];
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}

function isInward(address: string): boolean {
  return inward.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function isLoopback(address: string): boolean {
  return loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
