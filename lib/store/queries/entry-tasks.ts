import type { HolderSession } from '../../model/liveness.ts';
import type { Status, Task } from '../../model/task/task.ts';
import type { Dialect, Row } from '../contract.ts';
import { integer, text, textOrNull } from '../sql/columns.ts';
import { query, type Request, together } from '../sql/request.ts';
import { claimFields, readFields, selected, toClaim } from '../tables/task-row.ts';
import { toHolder } from './prompt-rows.ts';

const fields = [
  ...(['id', 'key', 'title', 'status', 'priority', 'due', 'blockedReason'] as const),
  ...(['assignedAgent', 'createdAt'] as const),
];

/** A task as the client or the project that it is for shows it. */
export type EntryTaskRow = Pick<Task, (typeof fields)[number] | 'claim'> & {
  readonly parentTitle: string | null;
  readonly holder: HolderSession | undefined;
};

/** Names a client or a project of a workspace. */
export interface TasksEntry {
  readonly table: 'clients' | 'projects';
  readonly workspaceId: string;
  readonly slug: string;
}

/** The open tasks of a client or a project, and how many there are of each status. */
export type EntryTaskRows = readonly [
  open: readonly EntryTaskRow[],
  counts: ReadonlyMap<Status, number>,
];

/** In the order in which a list shows them. */
const turn = "CASE t.status WHEN 'in_progress' THEN 0 WHEN 'blocked' THEN 1 ELSE 2 END";
const turns: readonly Status[] = ['in_progress', 'blocked', 'pending'];

/**
 * Asks for the first open tasks that are for a client or of a project, and counts all of them by
 * status, open and closed ones up to `countTo` each. The tasks are found along an index of the
 * client or the project, so that no other's are read.
 */
export function entryTasks(
  dialect: Dialect,
  { table, workspaceId, slug }: TasksEntry,
  { limit, countTo }: { readonly limit: number; readonly countTo: number },
): Request<EntryTaskRows> {
  const column = table === 'clients' ? 'client' : 'project';
  const from = `FROM ${table} k
      JOIN tasks t ${dialect.along(`tasks_by_${column}`)} ON t.${column}_id = k.id
      WHERE k.workspace_id = ? AND k.slug = ? AND t.completed_at`;
  const part = (name: string, is: string) => `SELECT status FROM (
      SELECT /*+ LOOKUP_JOIN(k,t) */ t.status ${from} ${is} LIMIT ${countTo}) AS part_${name}`;
  const by = [workspaceId, slug];
  return together(
    query(
      `SELECT /*+ LOOKUP_JOIN(c,s) */ c.*,
         (SELECT p.title FROM tasks p WHERE p.id = c.parent_task_id) AS parent_title,
         s.last_seen_at, s.ended_at, s.process_scope, s.process_id, s.process_start
       FROM (SELECT /*+ LOOKUP_JOIN(k,t) */ ${selected([...fields, ...claimFields], 't')},
           t.parent_task_id ${from} IS NULL
         ORDER BY ${turn}, t.priority, t.created_at, t.id LIMIT ${limit}) AS c
         LEFT JOIN sessions s ON s.id = c.claim_session_id`,
      by,
      // SQL promises no order of what is selected from a list.
      (rows) => rows.map(toEntryTask).toSorted(compare),
    ),
    query(
      `SELECT status, COUNT(*) AS total FROM (
         ${part('open', 'IS NULL')} UNION ALL ${part('closed', 'IS NOT NULL')}) AS part_counted
       GROUP BY status`,
      [...by, ...by],
      (rows) => new Map(rows.map((row) => [text(row, 'status') as Status, integer(row, 'total')])),
    ),
  );
}

function toEntryTask(row: Row): EntryTaskRow {
  const claim = toClaim(row);
  const isKnown = claim !== null && textOrNull(row, 'last_seen_at') !== null;
  return {
    ...readFields(row, fields),
    claim,
    parentTitle: textOrNull(row, 'parent_title'),
    holder: isKnown ? toHolder(row, claim.session) : undefined,
  };
}

function compare(a: EntryTaskRow, b: EntryTaskRow): number {
  const later = `${a.createdAt} ${a.id}` < `${b.createdAt} ${b.id}` ? -1 : 1;
  return turns.indexOf(a.status) - turns.indexOf(b.status) || a.priority - b.priority || later;
}
