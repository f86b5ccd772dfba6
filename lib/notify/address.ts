import { BlockList, isIP } from 'node:net';

/**
 * The networks of IPv4 that are no part of the public internet (IANA's registry of special-purpose
 * addresses), and those of many receivers.
 */
const special4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** The networks inside the global unicast addresses of IPv6 that are not public, or are IPv4's. */
const special6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const notPublic4 = listOf(special4, 'ipv4');
const notPublic6 = listOf(special6, 'ipv6');
const unicast6 = listOf([['2000::', 3]], 'ipv6');

function listOf(networks: typeof special4, family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family);
  return list;
}

/**
 * Whether an address is one of the public internet: not this machine, its link or its private
 * network, where a name that others control must not lead. Of IPv6 what is not known to be public
 * is not; an address of IPv4 in one of IPv6 counts as that.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !notPublic4.check(address, 'ipv4');
  if (family !== 6) return false;
  const inner = innerAddress(address);
  if (inner !== undefined) return isPublicAddress(inner);
  // A zone names a link of this machine.
  if (address.includes('%')) return false;
  return unicast6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6');
}

/** Gives the address of IPv4 that one of IPv6 stands for, by mapping or by a translating gateway. */
function innerAddress(address: string): string | undefined {
  if (address.includes('%')) return undefined;
  // The parser of URLs spells each address in one way, in hexadecimal.
  const spelled = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = /^(?:::ffff:|64:ff9b::)(?:([0-9a-f]+):)?([0-9a-f]+)$/.exec(spelled) ?? [];
  if (low === undefined) return undefined;
  const [first, second] = [Number.parseInt(high ?? '0', 16), Number.parseInt(low, 16)];
  return [first >> 8, first & 0xff, second >> 8, second & 0xff].join('.');
}
