import type { Entry } from '../outbox/entry.ts';
import type { ListId } from '../state/snapshot.ts';
import { amendSnapshot, readSnapshot } from '../state/snapshot.ts';
import { amendList, type Change, type ListedTask } from './amend-list.ts';

type Queued = Pick<Entry, 'verb' | 'at' | 'makes' | 'about' | 'worker' | 'requestId' | 'input'>;

/**
 * Keeps a queued change in the last list that was shown here, as one that is queued: a new task among
 * the ready ones, all else as the last note on its task, which still stands where it stood.
 */
export function rememberQueued(stateFolder: string, list: ListId, entry: Queued): void {
  const last = readSnapshot(stateFolder, list);
  if (last === undefined) return;
  try {
    const amended = changesOf(entry).reduce((list, change) => amendList(list, change), last.list);
    amendSnapshot(stateFolder, list, { ...last, list: amended });
  } catch {
    // What was kept makes no sense. The change is queued all the same.
  }
}

function changesOf(entry: Queued): readonly Change[] {
  const { verb, at, makes, about, worker, requestId, input } = entry;
  const { title, text, reason, outcome, priority, needs, parent } = input as Record<string, never>;
  const createdAt = new Date(at).toISOString();
  if (verb === 'create') {
    const blockers: string[] = [...(needs ?? [])];
    const key = makes[0] ?? '';
    const task: ListedTask = {
      ...{ key, parent: parent ?? null, title: `${title} (queued)`, priority: priority ?? 2 },
      ...{ createdAt, subtaskCount: 0, claim: null, blockedReason: null },
      ...{ status: 'pending', ready: blockers.length === 0, blockers },
    };
    return [{ task }];
  }
  const said = text ?? reason ?? outcome;
  const line = `${verb} (queued)${said === undefined ? '' : `: ${said}`}`;
  return about.map((task) => ({
    note: { id: requestId, task, text: line, createdAt, ...worker },
  }));
}
