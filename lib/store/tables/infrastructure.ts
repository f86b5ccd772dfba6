import type { Infrastructure } from '../../model/registry/entry.ts';
import type { Db, Dialect } from '../contract.ts';
import { text, textOrNull } from '../sql/columns.ts';
import { queryIn } from '../sql/in-list.ts';
import { insertRows, runWrites, type WriteStatement } from '../sql/write.ts';
import type { RegistryTable } from './registry.ts';

export const infrastructureTable: RegistryTable<Infrastructure> = {
  name: 'infrastructure',
  own: ['client_id', 'kind'],
  toOwn: (row) => ({ clientId: textOrNull(row, 'client_id'), kind: textOrNull(row, 'kind') }),
  fromOwn: ({ clientId, kind }) => ({ client_id: clientId, kind }),
};

/** What a task is done on. */
export interface TaskInfrastructure {
  readonly taskId: string;
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

/** What these tasks are done on, each task's by slug. */
export async function findInfrastructureOf(
  db: Db,
  taskIds: readonly string[],
): Promise<readonly TaskInfrastructure[]> {
  const rows = await queryIn(
    db,
    taskIds,
    (list) => `SELECT t.task_id, i.id, i.slug, i.name
     FROM task_infrastructure t JOIN infrastructure i ON i.id = t.infrastructure_id
     WHERE t.task_id IN (${list}) ORDER BY t.task_id, i.slug`,
  );
  return rows.map((row) => ({
    taskId: text(row, 'task_id'),
    id: text(row, 'id'),
    slug: text(row, 'slug'),
    name: text(row, 'name'),
  }));
}

/** Replaces what a task is done on. */
export async function replaceInfrastructure(
  db: Db,
  taskId: string,
  ids: readonly string[],
): Promise<void> {
  await runWrites(db, replaceInfrastructureStatements(db.dialect, taskId, ids));
}

export function replaceInfrastructureStatements(
  dialect: Dialect,
  taskId: string,
  ids: readonly string[],
): readonly WriteStatement[] {
  return [
    { sql: 'DELETE FROM task_infrastructure WHERE task_id = ?', params: [taskId] },
    ...insertInfrastructureStatements(dialect, [{ taskId, ids }]),
  ];
}

/** Says what tasks are done on of which nothing was said before. */
export function insertInfrastructureStatements(
  dialect: Dialect,
  tasks: readonly { readonly taskId: string; readonly ids: readonly string[] }[],
): readonly WriteStatement[] {
  return insertRows(
    dialect,
    'task_infrastructure',
    tasks.flatMap(({ taskId, ids }) =>
      ids.map((id) => ({ task_id: taskId, infrastructure_id: id })),
    ),
  );
}
