import type { DependencyType, Status, Task, TaskType } from '../../model/task/task.ts';
import type { Db, Row } from '../contract.ts';
import { integer, text, textOrNull } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import type { Request } from '../sql/request.ts';
import { insertRows, type WriteStatement } from '../sql/write.ts';

/** A dependency: `taskId` needs `dependsOnId` (for type blocks). */
export interface Dependency {
  readonly taskId: string;
  readonly dependsOnId: string;
  readonly type: DependencyType;
  /** The key and status of the task that is needed. */
  readonly key: string;
  readonly title: string;
  readonly status: Status;
}

/** A dependency to insert. */
export type NewDependency = Pick<Dependency, 'taskId' | 'dependsOnId' | 'type'> & {
  readonly createdBy: string;
  /** UTC text as stored. */
  readonly at: string;
};

export function insertDependencies(
  dependencies: readonly NewDependency[],
): readonly WriteStatement[] {
  return insertRows(
    'task_dependencies',
    dependencies.map(({ taskId, dependsOnId, type, at, createdBy }) => ({
      task_id: taskId,
      depends_on_id: dependsOnId,
      type,
      created_at: at,
      created_by: createdBy,
    })),
  );
}

export function deleteDependency({
  taskId,
  dependsOnId,
  type,
}: Pick<Dependency, 'taskId' | 'dependsOnId' | 'type'>): WriteStatement {
  return {
    sql: 'DELETE FROM task_dependencies WHERE task_id = ? AND depends_on_id = ? AND type = ?',
    params: [taskId, dependsOnId, type],
  };
}

function toDependency(row: Row): Dependency {
  return {
    taskId: text(row, 'task_id'),
    dependsOnId: text(row, 'depends_on_id'),
    type: text(row, 'type') as DependencyType,
    key: text(row, 'task_key'),
    title: text(row, 'title'),
    status: text(row, 'status') as Status,
  };
}

/** A dependency with the key of the task that needs. */
export interface KeyedDependency extends Dependency {
  readonly taskKey: string;
}

/** Asks what the tasks of these keys need or relate to, each task's oldest first. */
export function dependenciesOfKeys(keys: readonly string[]): Request<readonly KeyedDependency[]> {
  return inList(
    keys,
    (list) => `SELECT /*+ LOOKUP_JOIN(n,d) LOOKUP_JOIN(d,t) */ n.task_key AS needing_key,
       d.task_id, d.depends_on_id, d.type, t.task_key, t.title, t.status
     FROM tasks n JOIN task_dependencies d ON d.task_id = n.id
       JOIN tasks t ON t.id = d.depends_on_id
     WHERE n.task_key IN (${list}) ORDER BY d.created_at, d.depends_on_id`,
    (rows) => rows.map((row) => ({ ...toDependency(row), taskKey: text(row, 'needing_key') })),
  );
}

/** A task that needs another, with the fields that tell whether it is the review of that one. */
export interface Needing extends Pick<Task, 'type' | 'status' | 'parentId' | 'subtaskCount'> {
  readonly neededId: string;
}

export function needingTasks(neededIds: readonly string[]): Request<readonly Needing[]> {
  return inList(
    neededIds,
    (list) => `SELECT d.depends_on_id, t.task_type, t.status, t.parent_task_id, t.subtask_count
     FROM task_dependencies d JOIN tasks t ON t.id = d.task_id
     WHERE d.depends_on_id IN (${list}) AND d.type = 'blocks'`,
    (rows) =>
      rows.map((row) => ({
        neededId: text(row, 'depends_on_id'),
        type: text(row, 'task_type') as TaskType,
        status: text(row, 'status') as Status,
        parentId: textOrNull(row, 'parent_task_id'),
        subtaskCount: integer(row, 'subtask_count'),
      })),
  );
}

/** Finds the titles of the tasks that were discovered from this one. */
export async function findFollowUpTitles(db: Db, taskId: string): Promise<readonly string[]> {
  const rows = await db.query(
    `SELECT t.title FROM task_dependencies d JOIN tasks t ON t.id = d.task_id
     WHERE d.depends_on_id = ? AND d.type = 'discovered_from'`,
    [taskId],
  );
  return rows.map((row) => text(row, 'title'));
}
