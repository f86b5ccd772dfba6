import type { Infrastructure } from '../../model/registry/entry.ts';
import { text, textOrNull } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import type { Request } from '../sql/request.ts';
import { insertRows, type WriteStatement } from '../sql/write.ts';
import type { RegistryTable } from './registry.ts';

export const infrastructureTable: RegistryTable<Infrastructure> = {
  name: 'infrastructure',
  own: ['client_id', 'kind'],
  toOwn: (row) => ({ clientId: textOrNull(row, 'client_id'), kind: textOrNull(row, 'kind') }),
  fromOwn: ({ clientId, kind }) => ({ client_id: clientId, kind }),
};

/** One piece of infrastructure that a task is done on. */
export interface TaskInfrastructure {
  readonly taskId: string;
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

/** Asks for the infrastructure of these tasks, each task's by slug. */
export function infrastructureOf(
  taskIds: readonly string[],
): Request<readonly TaskInfrastructure[]> {
  return inList(
    taskIds,
    (list) => `SELECT t.task_id, i.id, i.slug, i.name
     FROM task_infrastructure t JOIN infrastructure i ON i.id = t.infrastructure_id
     WHERE t.task_id IN (${list}) ORDER BY t.task_id, i.slug`,
    (rows) =>
      rows.map((row) => ({
        taskId: text(row, 'task_id'),
        id: text(row, 'id'),
        slug: text(row, 'slug'),
        name: text(row, 'name'),
      })),
  );
}

/** Asks for the infrastructure of the tasks of these keys. */
export function infrastructureOfKeys(
  keys: readonly string[],
): Request<readonly { readonly taskKey: string; readonly id: string }[]> {
  return inList(
    keys,
    (list) => `SELECT /*+ LOOKUP_JOIN(t,i) */ t.task_key, i.infrastructure_id
     FROM tasks t JOIN task_infrastructure i ON i.task_id = t.id
     WHERE t.task_key IN (${list}) ORDER BY t.task_key, i.infrastructure_id`,
    (rows) =>
      rows.map((row) => ({ taskKey: text(row, 'task_key'), id: text(row, 'infrastructure_id') })),
  );
}

/** Inserts the infrastructure of a task. */
export function insertInfrastructure(
  taskId: string,
  ids: readonly string[],
): readonly WriteStatement[] {
  return insertRows(
    'task_infrastructure',
    ids.map((id) => ({ task_id: taskId, infrastructure_id: id })),
  );
}

/** Replaces the infrastructure of a task. */
export function replaceInfrastructure(
  taskId: string,
  ids: readonly string[],
): readonly WriteStatement[] {
  return [
    { sql: 'DELETE FROM task_infrastructure WHERE task_id = ?', params: [taskId] },
    ...insertInfrastructure(taskId, ids),
  ];
}
