import { stateFolder } from '../lib/config/paths.ts';
import { snapshotIdOf } from '../lib/config/snapshot-id.ts';
import { DocketError } from '../lib/model/errors.ts';
import { renderPromptBlock } from '../lib/render/prompt/block.ts';
import { renderAge } from '../lib/render/text/age.ts';
import { createProcessProbe } from '../lib/state/process-probe.ts';
import { readSnapshot } from '../lib/state/snapshot.ts';
import type { CommandAnswer } from './command.ts';
import { findListContext, type ScopeInput } from './open-scope.ts';
import { findWorker } from './worker.ts';

/**
 * The last list that a prompt on this machine showed, for when the database is away.
 *
 * @throws DocketError `not_found` when none was kept.
 */
export function cachedList(input: ScopeInput): CommandAnswer {
  const { env } = input.io;
  const snapshot = readSnapshot(stateFolder(env), snapshotIdOf(findListContext(input)));
  if (snapshot === undefined) {
    throw new DocketError('not_found', 'no prompt on this machine has shown this list yet', {
      hint: 'docket doctor says why the database is away',
    });
  }
  const readAt = new Date(snapshot.readAt).toISOString();
  const age = renderAge(readAt, new Date().toISOString());
  const staleFor = age === 'now' ? 'under a minute' : age;
  const reader = { ...findWorker(env), probe: createProcessProbe(), staleFor };
  return {
    data: { readAt, list: snapshot.list },
    text: renderPromptBlock(snapshot.list, reader),
  };
}
