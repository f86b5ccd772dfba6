import { statfsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { refuseNetworkFileSystem } from '../../../lib/store/sqlite/network-file-system.ts';

/** What statfs would say of a folder on a file system of this type. */
function typed(type: number): typeof statfsSync {
  return ((path: string) => ({ ...statfsSync('/'), type, path })) as unknown as typeof statfsSync;
}

test.for([
  ['NFS', 0x6969],
  ['SMB', 0x517b],
  ['CIFS', 0xff534d42],
  // As a signed number, which some systems give.
  ['CIFS', 0xff534d42 | 0],
  ['9P', 0x01021997],
] as const)('a file on %s (%i) is refused with the reason and what to do', ([name, type]) => {
  expect(() => refuseNetworkFileSystem('/mnt/docket.db', typed(type))).toThrow(
    expect.objectContaining({
      code: 'unreachable',
      message: expect.stringMatching(new RegExp(`network file system \\(${name}\\).*docket init`)),
    }),
  );
});

test('a file on a local file system is not', () => {
  for (const type of [0xef53, 0x01021994, 0x9123683e, 0x58465342]) {
    expect(() => refuseNetworkFileSystem('/home/alice/docket.db', typed(type))).not.toThrow();
  }
});
