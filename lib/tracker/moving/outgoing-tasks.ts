import { DocketError } from '../../model/errors.ts';
import { importedIn, type OutgoingTask } from '../../model/foreign/outgoing.ts';
import type { Store } from '../../store/contract.ts';
import type { MovedRow } from '../../store/moving/read-rows.ts';
import { readTreePages, type TreePage } from '../../store/moving/read-trees.ts';
import { textList } from '../../store/sql/columns.ts';

/**
 * Gives all tasks of a list as they stood at one moment, tree by tree.
 *
 * @param write gets some trees at a time
 * @returns the number of tasks
 */
export function writeOutgoing(
  store: Store,
  workspaceId: string,
  write: (tasks: readonly OutgoingTask[]) => unknown,
): Promise<number> {
  let isBegun = false;
  return store.read(async (db) => {
    if (isBegun) throw new DocketError('unreachable', 'lost the database on the way');
    isBegun = true;
    let count = 0;
    for await (const page of readTreePages(db, workspaceId)) {
      const tasks = toTasks(page);
      count += tasks.length;
      await write(tasks);
    }
    return count;
  });
}

function toTasks({ tasks, needs, notes }: TreePage): readonly OutgoingTask[] {
  const needsOf = Map.groupBy(needs, ({ task_id: id }) => id);
  const notesOf = Map.groupBy(notes, ({ task_id: id }) => id);
  const known = new Map<unknown, OutgoingTask>();
  return tasks.map((row) => {
    const parent = known.get(row.parent_task_id);
    const task: OutgoingTask = {
      ...factsOf(row),
      parent,
      level: parent === undefined ? 0 : parent.level + 1,
      links: (needsOf.get(row.id ?? null) ?? []).map((need) => ({
        type: String(need.type),
        key: String(need.task_key),
        imported: importedIn(need.task_context),
        createdAt: String(need.created_at),
        createdBy: String(need.created_by),
      })),
      notes: (notesOf.get(row.id ?? null) ?? []).map((note) => ({
        id: String(note.id),
        text: String(note.body),
        author: String(note.actor),
        createdAt: String(note.created_at),
      })),
    };
    known.set(row.id, task);
    return task;
  });
}

function factsOf(row: MovedRow): Omit<OutgoingTask, 'parent' | 'level' | 'links' | 'notes'> {
  const textOrNull = (column: string) => {
    const value = row[column] ?? null;
    return value === null ? null : String(value);
  };
  return {
    key: String(row.task_key),
    title: String(row.title),
    description: String(row.description),
    status: String(row.status),
    type: String(row.task_type),
    priority: Number(row.priority),
    minutes: row.estimated_minutes === null ? null : Number(row.estimated_minutes),
    labels: textList(row, 'labels'),
    reason: textOrNull('blocked_reason'),
    outcome: textOrNull('outcome'),
    createdAt: String(row.created_at),
    createdBy: String(row.created_by),
    updatedAt: String(row.updated_at),
    startedAt: textOrNull('started_at'),
    completedAt: textOrNull('completed_at'),
    due: textOrNull('due'),
    notBefore: textOrNull('not_before'),
    holder: textOrNull('claim_actor'),
    imported: importedIn(row.task_context),
  };
}
