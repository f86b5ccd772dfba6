import type { LookupAddress } from 'node:dns';
import { isIPv4, type LookupFunction } from 'node:net';

const hostsFile = '/etc/hosts';

/**
 * Finds a host's addresses without getaddrinfo, which a process joins when it exits: with a name
 * server that swallows questions, a hook would hang for 10 s after it has given up. Literals never
 * get here, node connects to them directly.
 */
export const lookupHost: LookupFunction = (host, options, done) => {
  findAddresses(host).then(
    (addresses) => {
      if (options.all) done(null, addresses);
      else done(null, addresses[0]?.address ?? '', addresses[0]?.family);
    },
    (error: NodeJS.ErrnoException) => done(error, []),
  );
};

/** @param options `nameServers` instead of the system's */
export async function findAddresses(
  host: string,
  { nameServers }: { nameServers?: readonly string[] } = {},
): Promise<LookupAddress[]> {
  const name = host.toLowerCase();
  if (name === 'localhost') return ['127.0.0.1', '::1'].map(toAddress);
  const listed = await readHostsFile(name);
  if (listed.length > 0) return listed.map(toAddress);
  const { promises: dns } = await import('node:dns');
  const resolver = new dns.Resolver({ timeout: 2000, tries: 1 });
  if (nameServers) resolver.setServers(nameServers);
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if (found.length > 0) return found.map(toAddress);
  for (const answer of answers) {
    if (answer.status === 'rejected' && !isAnswer(answer.reason)) throw answer.reason;
  }
  // The name servers do answer, so the system's ways of knowing more names (search domains, mDNS)
  // will not hang on them.
  return dns.lookup(host, { all: true });
}

/** Whether the name server has said that it knows no such name or no address for it. */
function isAnswer(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ENOTFOUND' || error.code === 'ENODATA';
}

async function readHostsFile(name: string): Promise<readonly string[]> {
  const { readFile } = await import('node:fs/promises');
  return addressesInHosts(await readFile(hostsFile, 'utf8').catch(() => ''), name);
}

/** Addresses that the text of a hosts file gives to a name. */
export function addressesInHosts(text: string, name: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const [address, ...names] = line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/);
    return address && names.includes(name) ? [address] : [];
  });
}

function toAddress(address: string): LookupAddress {
  return { address, family: isIPv4(address) ? 4 : 6 };
}
