import type { ArchiveAnswer } from '../../model/answers/moving.ts';
import { TaskType } from '../../model/task/task.ts';
import {
  archiveTree,
  keepLinks,
  lastEventsOf,
  takeOut,
  type WholeTree,
} from '../../store/moving/archived-trees.ts';
import { type EndedRoot, endedRoots, newestSince } from '../../store/queries/archivable.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, nothing, together } from '../../store/sql/request.ts';
import { raiseArchivedSeq, refuseOlderWriters } from '../../store/tables/archived-tasks.ts';
import type { Scope } from '../scope.ts';
import { isoTime, storedTime } from '../stored-time.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { type Choice, type Chosen, chooseTrees } from './choose-trees.ts';

/**
 * The newest so many completed leaves of each type, runs and blocks stay, whatever their age:
 * estimates and statistics measure them. They take one more than they show, to know of others.
 */
const measured = 2_001;

/** The longest time that statistics look back: 104 weeks, and the one under way. */
const measuredMs = 105 * 7 * 86_400_000;

/** Trees that are looked at together, and tasks that are written in one transaction, or one tree. */
const rootsTogether = 100;
const tasksTogether = 200;

export interface ArchiveOptions {
  /** Trees whose last task ended so many milliseconds ago go. */
  readonly olderThan: number;
  /** Only says what would be done. */
  readonly dryRun?: boolean | undefined;
  /** Hears how many trees were looked at, and how many tasks of them went. */
  readonly onProgress?: ((progress: { looked: number; archived: number }) => void) | undefined;
  /** The number of rows that stay because they are measured. */
  readonly keep?: number;
  /** The number of tasks of a transaction, unless one tree has more. */
  readonly together?: number;
}

/**
 * Archives what ended long ago: whole trees, with their history, that nothing in the list rests on.
 * A few trees at a time go in a transaction of their own under the guard, so that each is in the list
 * or in the archive whatever happens, sessions work on meanwhile, and one that was stopped goes on.
 */
export async function archiveTasks(scope: Scope, options: ArchiveOptions): Promise<ArchiveAnswer> {
  const {
    olderThan,
    dryRun = false,
    onProgress = () => {},
    keep = measured,
    together: most = tasksTogether,
  } = options;
  const choice = await readChoice(scope, olderThan, keep);
  const answer: ArchiveAnswer = {
    ...{ dryRun, before: isoTime(choice.before) },
    ...{ archived: { trees: 0, tasks: 0, notes: 0, events: 0 }, kept: {} },
  };
  let looked = 0;
  let after: EndedRoot | undefined;
  for (;;) {
    const roots = await scope.store.read((db) =>
      ask(
        db,
        endedRoots(db.dialect, scope.workspaceId, {
          ...{ before: choice.before, after, limit: rootsTogether },
        }),
      ),
    );
    for (const some of inParts(roots, most)) {
      const chosen = dryRun
        ? await scope.store.read((db) => chooseTrees(db, some, choice))
        : await archiveSome(scope, some, choice);
      count(answer, chosen);
      looked += some.length;
      onProgress({ looked, archived: answer.archived.tasks });
    }
    after = roots.at(-1);
    if (after === undefined || roots.length < rootsTogether) return answer;
  }
}

function readChoice(
  { store, workspaceId }: Scope,
  olderThan: number,
  keep: number,
): Promise<Choice> {
  const none = { types: new Map<string, string>(), runs: '~', blocks: '~' };
  return store.read(async (db) => {
    const types = TaskType.options;
    const [at, newest] = await ask(
      db,
      together(
        clock(db.dialect),
        keep === 0 ? nothing : newestSince(db.dialect, workspaceId, { types, count: keep }),
      ),
    );
    const ago = (ms: number) => storedTime(new Date(Date.parse(at) - ms).toISOString());
    const reach = ago(measuredMs);
    const since = (time: string) => (time > reach ? time : reach);
    return {
      before: ago(olderThan),
      newest:
        newest === undefined
          ? { ...none, types: new Map(types.map((type) => [type, '~'])) }
          : { ...newest, runs: since(newest.runs), blocks: since(newest.blocks) },
    };
  });
}

/** Cuts trees into parts that a transaction takes well. */
function inParts(roots: readonly EndedRoot[], most: number): readonly (readonly EndedRoot[])[] {
  const parts: EndedRoot[][] = [];
  let size = 0;
  for (const root of roots) {
    size += 1 + root.subtaskCount;
    const last = parts.at(-1);
    if (last !== undefined && size <= most) last.push(root);
    else {
      parts.push([root]);
      size = 1 + root.subtaskCount;
    }
  }
  return parts;
}

function archiveSome(scope: Scope, roots: readonly EndedRoot[], choice: Choice): Promise<Chosen> {
  return writeWorkspace(scope, {}, async (write) => {
    const { workspace, at } = write;
    const chosen = await chooseTrees(write.db, roots, choice);
    const { trees, links } = chosen;
    if (trees.length === 0) return chosen;
    const archiving = { workspaceId: workspace.id, at, by: scope.worker.actor };
    write.send(
      refuseOlderWriters(),
      ...trees.flatMap((tree) => archiveTree(tree, archiving)),
      ...takeOut(trees.flatMap(({ tasks }) => tasks)),
      ...keepLinks(workspace.id, links),
      raiseArchivedSeq(
        workspace.id,
        Math.max(0, ...trees.flatMap((tree) => [...lastEventsOf(tree).values()])),
      ),
    );
    const { tasks, events } = sizeOf(trees);
    write.record({
      verb: 'archived',
      taskId: null,
      new: { tasks, events, keys: trees.map((tree) => String(tree.tasks[0]?.task_key)) },
    });
    return chosen;
  });
}

function sizeOf(trees: readonly WholeTree[]) {
  const rows = trees.flatMap((tree) => tree.rows);
  const of = (name: string) => rows.filter(({ table }) => table.name === name).length;
  return {
    tasks: trees.reduce((sum, tree) => sum + tree.tasks.length, 0),
    notes: of('task_notes'),
    events: of('task_events'),
  };
}

function count({ archived, kept: all }: ArchiveAnswer, { trees, kept }: Chosen): void {
  const { tasks, notes, events } = sizeOf(trees);
  archived.trees += trees.length;
  archived.tasks += tasks;
  archived.notes += notes;
  archived.events += events;
  for (const [reason, number] of Object.entries(kept)) all[reason] = (all[reason] ?? 0) + number;
}
