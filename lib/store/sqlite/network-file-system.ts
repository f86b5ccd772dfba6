import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../errors.ts';

/** File system types of Linux's statfs(2) on which WAL's shared memory does not work. */
const networkTypes: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
]);

/**
 * Refuses a file on a network file system: SQLite's WAL mode needs memory that all writers share
 * (https://www.sqlite.org/wal.html, section 1).
 *
 * @throws StoreError `unreachable`
 */
export function refuseNetworkFileSystem(path: string, statfs = statfsSync): void {
  const name = networkTypes.get(Number(statfs(dirname(path)).type) >>> 0);
  if (name === undefined) return;
  throw new StoreError(
    'unreachable',
    `${path} lies on a network file system (${name}), where SQLite cannot be shared safely; ` +
      'use a database server (docket init --database mysql://...) or a local folder',
  );
}
