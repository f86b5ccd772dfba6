import { stateFolder } from '../config/paths.ts';
import { snapshotIdOf } from '../config/snapshot-id.ts';
import { DocketError } from '../model/errors.ts';
import { readSnapshot, type Snapshot } from '../state/snapshot.ts';
import { findListContext } from './find-context.ts';
import type { ListInput } from './list-context.ts';

/**
 * Reads the last list that a prompt on this machine showed, for when the database is away.
 *
 * @throws DocketError `not_found` when none was kept.
 */
export function readCachedList(input: ListInput): Snapshot {
  const snapshot = readSnapshot(stateFolder(input.env), snapshotIdOf(findListContext(input)));
  if (snapshot !== undefined) return snapshot;
  throw new DocketError('not_found', 'no prompt on this machine has shown this list yet', {
    hint: 'docket list asks the database, and docket doctor says where that fails',
  });
}
