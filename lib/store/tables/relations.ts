import type { DependencyType, Status } from '../../model/task/task.ts';
import { flag, text } from '../sql/columns.ts';
import { query, type Request } from '../sql/request.ts';

/** A task that another one needs, relates to or was found in. */
export interface Relation {
  readonly type: DependencyType;
  readonly key: string;
  readonly title: string;
  readonly status: Status;
  readonly isArchived: boolean;
}

/** Asks what the task of this key needs or relates to, archived ones too, the oldest first. */
export function relationsOfKey(key: string): Request<readonly Relation[]> {
  // In parts, so that Dolt looks the rows of each up; it leaves out zeros of times behind a UNION.
  const part = (links: string, others: string, archived: number) =>
    `SELECT * FROM (SELECT /*+ LOOKUP_JOIN(n,d) LOOKUP_JOIN(d,t) */ d.type, d.depends_on_id,
       d.created_at, t.task_key, t.title, t.status, ${archived} AS archived
     FROM tasks n JOIN ${links} d ON d.task_id = n.id JOIN ${others} t ON t.id = d.depends_on_id
     WHERE n.task_key = ?) AS part_${others}`;
  return query(
    `${part('task_dependencies', 'tasks', 0)}
     UNION ALL ${part('archived_links', 'archived_tasks', 1)}`,
    [key, key],
    (rows) =>
      rows
        .map((row) => ({
          at: `${text(row, 'created_at').padEnd(23, '0')} ${text(row, 'depends_on_id')}`,
          type: text(row, 'type') as DependencyType,
          key: text(row, 'task_key'),
          title: text(row, 'title'),
          status: text(row, 'status') as Status,
          isArchived: flag(row, 'archived'),
        }))
        .toSorted((a, b) => (a.at < b.at ? -1 : 1)),
  );
}
