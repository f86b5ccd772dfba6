import { promptLimits } from '../../model/prompt/list.ts';
import type { PromptReading, Since } from '../../model/prompt/news.ts';
import type { Db, Dialect } from '../contract.ts';
import { schemaTable } from '../migrations/known-version.ts';
import { integer, text, textOrNull, time, timeOrNull } from '../sql/columns.ts';
import { begunWhere, nextStart, scheduledRows } from '../tables/ready.ts';
import { newsParameters, newsStatement, readNews } from './prompt-news.ts';
import { withProgress } from './prompt-progress.ts';
import {
  attribution,
  claimColumns,
  lastNote,
  noClaim,
  noHolder,
  noPlan,
  requireReadable,
  sectionsOf,
  toClaim,
  toTask,
  withDifferences,
} from './prompt-rows.ts';

/**
 * Reads everything that a prompt shows in one flight, and with it what has become of the earlier
 * list that the reader knows: one statement, so that both are of one moment. Each part stops at its
 * limit along the index `tasks_by_queue`, so the cost is the same for ten tasks and for a million;
 * every index column stands in ORDER BY because Dolt sorts the whole list otherwise.
 *
 * @returns undefined when the database does not have the workspace.
 *
 * @throws StoreError `no_schema` when a newer docket has changed the schema past this reader.
 */
export async function readPromptRows(
  db: Db,
  workspaceId: string,
  sessionId: string,
  since?: Since,
): Promise<PromptReading | undefined> {
  const sql = [
    statement(db.dialect),
    ...(since === undefined ? [] : [newsStatement(since, db.dialect)]),
  ];
  const read = await db.query(sql.join(unionAll), [
    workspaceId,
    workspaceId,
    ...counted.flatMap(() => [workspaceId]),
    workspaceId,
    sessionId,
    workspaceId,
    sessionId,
    workspaceId,
    workspaceId,
    workspaceId,
    workspaceId,
    ...(since === undefined ? [] : newsParameters(workspaceId, since)),
  ]);
  const workspace = read.find((row) => row.section === 'workspace');
  if (workspace === undefined) return undefined;
  requireReadable(integer(workspace, 'priority'));
  const rows = withDifferences(await withProgress(db, read));
  const sections = sectionsOf(rows);
  const counts = new Map(
    sections('count').map((row) => [text(row, 'task_key'), integer(row, 'priority')]),
  );
  const list = {
    slug: text(workspace, 'task_key'),
    seq: Number(text(workspace, 'detail')),
    at: time(workspace, 'claimed_at'),
    mine: sections('mine').map(toClaim),
    others: sections('others').map(toClaim),
    blocked: sections('blocked').map((row) => ({
      ...toTask(row),
      reason: textOrNull(row, 'detail') ?? '',
    })),
    ready: sections('ready', 'begun')
      .slice(0, promptLimits.ready)
      .map((row) => ({
        ...toTask(row),
        ...(textOrNull(row, 'detail') === null ? {} : { isRejected: true }),
      })),
    waiting: sections('waiting').map((row) => ({
      ...toTask(row),
      needs: textOrNull(row, 'detail'),
    })),
    counts: {
      inProgress: counts.get('in_progress') ?? 0,
      blocked: counts.get('blocked') ?? 0,
      ready: Math.min((counts.get('ready') ?? 0) + sections('begun').length, promptLimits.count),
      waiting: Math.min(
        (counts.get('waiting') ?? 0) + (counts.get('scheduled') ?? 0),
        promptLimits.count,
      ),
    },
    known: {
      token: text(workspace, 'title'),
      nextStart: timeOrNull(workspace, 'branch'),
      claims: sections('mine', 'others').map((row) => text(row, 'task_key')),
    },
  };
  return since === undefined ? { list } : { list, news: readNews(rows, sections) };
}

const unionAll = '\nUNION ALL\n';
const counted = ['in_progress', 'blocked', 'ready', 'waiting', 'scheduled'];

const order = 'ORDER BY t.workspace_id, t.queue, t.priority, t.created_at, t.id';

function statement(dialect: Dialect): string {
  return [
    `SELECT 'workspace' AS section, slug AS task_key,
       (SELECT MAX(oldest_reader) FROM ${schemaTable}) AS priority, guard_token AS title,
       CAST(seq AS CHAR(20)) AS detail, NULL AS session_id, NULL AS agent_id, NULL AS actor,
       ${dialect.now} AS claimed_at, ${nextStart(dialect)} AS branch, ${noHolder}, ${noPlan}, '' AS created_at, '' AS id
     FROM workspaces WHERE id = ?`,
    ...counted.map(
      (
        queue,
      ) => `SELECT 'count', '${queue}', COUNT(*), '', NULL, ${noClaim}, ${noHolder}, ${noPlan}, '', ''
       FROM (${rowsToCount(queue, dialect)}) AS counted_${queue}`,
    ),
    claims('mine', dialect),
    claims('others', dialect),
    tasks('blocked', 'c.blocked_reason', dialect),
    tasks('ready', 'c.rejected', dialect),
    tasks('begun', 'c.rejected', dialect),
    tasks('waiting', '(SELECT b.task_key FROM tasks b WHERE b.id = c.waiting_for)', dialect),
  ].join(unionAll);
}

/** Selects the tasks of a queue, up to where counting stops; of the scheduled those still to come. */
function rowsToCount(queue: string, dialect: Dialect): string {
  if (queue === 'scheduled') return scheduledRows(dialect, promptLimits.count);
  return `SELECT 1 AS one FROM tasks WHERE workspace_id = ? AND queue = '${queue}'
             LIMIT ${promptLimits.count}`;
}

/**
 * Selects the claims of a session, or of all others. They are cut before anything is joined, with a
 * hint to Dolt, which otherwise reads every session there is; to other engines it is a comment.
 * Dolt also reads every claim because of `<>`, unless that is hidden in COALESCE (measured: 38 ms
 * for 4,000 tasks and 1,000 sessions, 12 ms so).
 */
function claims(name: 'mine' | 'others', dialect: Dialect): string {
  const index = name === 'mine' ? 'tasks_by_claim' : 'tasks_by_queue';
  const isHeld =
    name === 'mine' ? 't.claim_session_id = ?' : "COALESCE(t.claim_session_id, '') <> ?";
  return `SELECT * FROM (
    SELECT /*+ LOOKUP_JOIN(c,s) */ '${name}' AS section, c.task_key, c.priority, c.title,
      ${lastNote} AS detail, ${claimColumns},
      ${planColumns(dialect)}, c.created_at, c.id
    FROM (SELECT id, task_key, parent_task_id, client_id, project_id, priority, title, claim_session_id,
            claim_agent_id, claim_actor, claimed_at, claim_branch, created_at
          FROM tasks t ${dialect.along(index)}
          WHERE t.workspace_id = ? AND t.queue = 'in_progress' AND ${isHeld}
          ${order} LIMIT ${promptLimits[name]}) AS c
      LEFT JOIN sessions s ON s.id = c.claim_session_id) AS part_${name}`;
}

/** Whether the last review of a task sent it back. The context of what never began is not read. */
const rejected = `CASE WHEN started_at IS NOT NULL
              AND task_context LIKE '%"approval":"rejected"%' THEN 'rejected' END`;

function tasks(
  queue: 'blocked' | 'ready' | 'begun' | 'waiting',
  detail: string,
  dialect: Dialect,
): string {
  const rows =
    queue === 'begun'
      ? `${dialect.along('tasks_by_start')} WHERE ${begunWhere(dialect.now)}
          ORDER BY workspace_id, ready_at, id LIMIT ${promptLimits.count}`
      : `${dialect.along('tasks_by_queue')} WHERE t.workspace_id = ? AND t.queue = '${queue}'
          ${order} LIMIT ${promptLimits[queue]}`;
  return `SELECT * FROM (
    SELECT '${queue}' AS section, c.task_key, c.priority, c.title, ${detail} AS detail,
      ${noClaim}, ${noHolder}, ${planColumns(dialect)}, c.created_at, c.id
    FROM (SELECT id, task_key, parent_task_id, client_id, project_id, priority, title,
            blocked_reason, waiting_for, created_at, ${queue === 'ready' || queue === 'begun' ? rejected : 'NULL'} AS rejected
          FROM tasks t ${rows}) AS c) AS part_${queue}`;
}

/**
 * The container of a task that was selected as `c`, and how far its steps are, and its client and
 * project; null for how many are
 * done where some have steps of their own. MySQL, which sees that most tasks have no parent, would
 * read them all for each.
 */
function planColumns(dialect: Dialect): string {
  const steps = `tasks s ${dialect.along('tasks_by_parent')}`;
  return `(SELECT p.title FROM tasks p WHERE p.id = c.parent_task_id) AS plan_title,
      (SELECT COUNT(*) FROM ${steps} WHERE s.parent_task_id = c.parent_task_id
       AND COALESCE(s.status, '') <> 'cancelled') AS plan_total,
      (SELECT CASE WHEN MAX(s.subtask_count) > 0 THEN NULL
         ELSE SUM(CASE WHEN s.status = 'completed' THEN 1 ELSE 0 END) END
       FROM ${steps} WHERE s.parent_task_id = c.parent_task_id) AS plan_done,
      ${attribution}`;
}
