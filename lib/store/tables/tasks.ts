import type { Queue, Status, Task } from '../../model/task/task.ts';
import type { Db, SqlValue } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { text } from '../sql/columns.ts';
import { chunks, placesFor, queryIn } from '../sql/in-list.ts';
import { ask } from '../sql/request.ts';
import { type ListPart, tasksInQueue } from './task-lists.ts';
import { taskByKey, tasksByIds } from './task-lookups.ts';
import { taskColumns, toTask } from './task-row.ts';

/** What a new task is made of; the rest has defaults. */
export type NewTask = Pick<
  Task,
  | 'id'
  | 'key'
  | 'workspaceId'
  | 'parentId'
  | 'position'
  | 'title'
  | 'description'
  | 'type'
  | 'priority'
  | 'complexity'
  | 'estimatedMinutes'
  | 'assignedAgent'
  | 'createdSession'
  | 'clientId'
  | 'projectId'
  | 'infrastructureCount'
  | 'billable'
  | 'billableMinutes'
  | 'context'
  | 'createdBy'
  | 'revision'
>;

export async function insertTask(db: Db, task: NewTask): Promise<void> {
  await db.run(
    `INSERT INTO tasks (id, task_key, workspace_id, parent_task_id, position, title, description,
       status, task_type, priority, estimated_complexity, estimated_minutes, assigned_agent,
       created_session_id, client_id, project_id, infrastructure_count, billable,
       billable_minutes, task_context, created_at, created_by, updated_at, revision, queue)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${db.dialect.now},
       ?, ${db.dialect.now}, ?, 'ready')`,
    [
      task.id,
      task.key,
      task.workspaceId,
      task.parentId,
      task.position,
      task.title,
      task.description,
      task.type,
      task.priority,
      task.complexity,
      task.estimatedMinutes,
      task.assignedAgent,
      task.createdSession,
      task.clientId,
      task.projectId,
      task.infrastructureCount,
      task.billable ? 1 : 0,
      task.billableMinutes,
      task.context,
      task.createdBy,
      task.revision,
    ],
  );
}

export function findTasks(db: Db, ids: readonly string[]): Promise<readonly Task[]> {
  return ask(db, tasksByIds(ids));
}

export function findTaskByKey(db: Db, key: string): Promise<Task | undefined> {
  return ask(db, taskByKey(key));
}

export async function findSubtasks(db: Db, parentIds: readonly string[]): Promise<readonly Task[]> {
  const rows = await queryIn(
    db,
    parentIds,
    (list) => `SELECT ${taskColumns} FROM tasks WHERE parent_task_id IN (${list})
     ORDER BY parent_task_id, position`,
  );
  return rows.map(toTask);
}

/** Columns a verb may change. `now` stands for the database's clock. */
export interface TaskChange {
  readonly title?: string;
  readonly description?: string;
  readonly status?: Status;
  readonly task_type?: string;
  readonly priority?: number;
  readonly estimated_complexity?: string | null;
  readonly estimated_minutes?: number | null;
  readonly assigned_agent?: string | null;
  readonly claim_session_id?: string | null;
  readonly claim_agent_id?: string | null;
  readonly claim_actor?: string | null;
  readonly claimed_at?: typeof now | null;
  readonly blocked_reason?: string | null;
  readonly client_id?: string | null;
  readonly project_id?: string | null;
  readonly infrastructure_count?: number;
  /** 0 or 1. */
  readonly billable?: number;
  readonly billable_minutes?: number | null;
  readonly task_context?: string;
  readonly outcome?: string | null;
  readonly started_at?: typeof now | null;
  readonly completed_at?: typeof now | null;
  readonly queue?: Queue;
  readonly waiting_for?: string | null;
  readonly subtask_count?: number;
}

/** Marks a column that takes the database's clock. */
export const now = Symbol('now');

/**
 * Writes `change` and a fresh revision, provided the row is still as the caller read it.
 *
 * @throws StoreError `conflict` when another writer was faster; the transaction is then run again.
 */
export async function updateTask(
  db: Db,
  task: Pick<Task, 'id' | 'revision'>,
  change: TaskChange & { readonly revision: string },
): Promise<void> {
  const sets: string[] = [`updated_at = ${db.dialect.now}`];
  const params: SqlValue[] = [];
  for (const [column, value] of Object.entries(change)) {
    if (value === now) {
      sets.push(`${column} = ${db.dialect.now}`);
    } else {
      sets.push(`${column} = ?`);
      params.push(value);
    }
  }
  const changed = await db.run(
    `UPDATE tasks SET ${sets.join(', ')} WHERE id = ? AND revision = ?`,
    [...params, task.id, task.revision],
  );
  if (changed === 0) throw new StoreError('conflict', `task ${task.id} was changed meanwhile`);
}

/**
 * Puts tasks into a list, all of which wait for the same or for nothing, by one statement for many:
 * one change can move a thousand, and Dolt takes milliseconds for each statement. Revisions are
 * compared as a set, which is as strict as in `updateTask`: they are random, so a row that another
 * wrote meanwhile has none of them. Each row's fresh one is `token` with the end of its own id.
 *
 * @throws StoreError `conflict` when another writer was faster; the transaction is then run again.
 */
export async function setQueue(
  db: Db,
  tasks: readonly Pick<Task, 'id' | 'revision'>[],
  place: { readonly queue: Queue; readonly waitingFor: string | null; readonly token: string },
): Promise<void> {
  for (const part of chunks(tasks)) {
    const list = placesFor(part);
    const changed = await db.run(
      `UPDATE tasks SET updated_at = ${db.dialect.now}, queue = ?, waiting_for = ?,
         revision = CONCAT(SUBSTR(?, 1, 24), SUBSTR(id, 25))
       WHERE id IN (${list}) AND revision IN (${list})`,
      [
        place.queue,
        place.waitingFor,
        place.token,
        ...part.map(({ id }) => id),
        ...part.map(({ revision }) => revision),
      ],
    );
    if (changed !== part.length) throw new StoreError('conflict', 'a task was changed meanwhile');
  }
}

/** The beginning of a queue, asked by itself. */
export function listQueue(
  db: Db,
  workspaceId: string,
  part: { queue: Queue; limit: number; countTo: number },
): Promise<ListPart> {
  return ask(db, tasksInQueue(db.dialect, workspaceId, part));
}

export async function findClaimedIds(db: Db, sessionId: string): Promise<readonly string[]> {
  const rows = await db.query('SELECT id FROM tasks WHERE claim_session_id = ? ORDER BY id', [
    sessionId,
  ]);
  return rows.map((row) => text(row, 'id'));
}
