import type { DependencyType, Status } from '../../model/task/task.ts';
import type { Row, SqlValue } from '../contract.ts';
import { text } from '../sql/columns.ts';
import { chunks } from '../sql/in-list.ts';
import type { Request } from '../sql/request.ts';
import { stateColumns } from '../tables/task-states.ts';

/** A dependency of a task on another, or a relation to it, with that one's key and status. */
export interface Need {
  readonly taskId: string;
  readonly dependsOnId: string;
  readonly type: DependencyType;
  readonly key: string;
  readonly status: Status;
}

/** A task that needs one of the tree. */
export interface Dependent {
  readonly taskId: string;
  readonly dependsOnId: string;
  /** The key of the task that needs. */
  readonly key: string;
}

/** Whole trees of tasks with all dependencies that begin or end in them. */
export interface TreeRows {
  /** The rows with the columns of a task's state. */
  readonly states: readonly Row[];
  readonly needs: readonly Need[];
  readonly dependents: readonly Dependent[];
}

/**
 * Reads the trees with these outermost keys. The keys tell the tree: a subtask's key begins with
 * its container's key and a dot, and the column is compared byte by byte, so a tree is one range of
 * an index.
 */
export function treesRequest(rootKeys: readonly string[]): Request<TreeRows> {
  const parts = chunks(rootKeys).map((keys) => {
    const inTrees = keys.map(() => '(s.task_key = ? OR (s.task_key >= ? AND s.task_key < ?))');
    const params = keys.flatMap((key): SqlValue[] => [key, `${key}.`, `${key}/`]);
    return { where: `(${inTrees.join(' OR ')})`, params };
  });
  return {
    statements: parts.flatMap(({ where, params }) => [
      {
        sql: `SELECT ${stateColumns('s')} FROM tasks s WHERE ${where}`,
        params,
      },
      {
        sql: `SELECT d.task_id, d.depends_on_id, d.type, n.task_key, n.status
          FROM tasks s JOIN task_dependencies d ON d.task_id = s.id
            JOIN tasks n ON n.id = d.depends_on_id
          WHERE ${where} ORDER BY d.created_at, d.depends_on_id`,
        params,
      },
      {
        sql: `SELECT d.task_id, d.depends_on_id, t.task_key
          FROM tasks s JOIN task_dependencies d ON d.depends_on_id = s.id AND d.type = 'blocks'
            JOIN tasks t ON t.id = d.task_id
          WHERE ${where}`,
        params,
      },
    ]),
    read(results) {
      const kind = (which: number) =>
        results.flatMap(({ rows }, index) => (index % 3 === which ? rows : []));
      return {
        states: kind(0),
        needs: kind(1).map((row) => ({
          taskId: text(row, 'task_id'),
          dependsOnId: text(row, 'depends_on_id'),
          type: text(row, 'type') as DependencyType,
          key: text(row, 'task_key'),
          status: text(row, 'status') as Status,
        })),
        dependents: kind(2).map((row) => ({
          taskId: text(row, 'task_id'),
          dependsOnId: text(row, 'depends_on_id'),
          key: text(row, 'task_key'),
        })),
      };
    },
  };
}
