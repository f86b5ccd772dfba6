import type { HolderSession } from '../../model/liveness.ts';
import {
  type PromptClaim,
  type PromptList,
  type PromptTask,
  promptLimits,
} from '../../model/prompt/list.ts';
import type { Db, Dialect, Row } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { knownVersion, schemaTable } from '../migrations/known-version.ts';
import { integer, integerOrNull, text, textOrNull, time, timeOrNull } from '../sql/columns.ts';

/**
 * Reads everything that a prompt shows in one flight. Each part stops at its limit along the index
 * `tasks_by_queue`, so the cost is the same for ten tasks and for a million; every index column
 * stands in ORDER BY because Dolt sorts the whole list otherwise.
 *
 * @returns undefined when the database does not have the workspace.
 *
 * @throws StoreError `no_schema` when a newer docket has changed the schema past this reader.
 */
export async function readPromptRows(
  db: Db,
  workspaceId: string,
  sessionId: string,
): Promise<PromptList | undefined> {
  const rows = await db.query(statement(db.dialect), [
    workspaceId,
    ...counted.flatMap(() => [workspaceId]),
    workspaceId,
    sessionId,
    workspaceId,
    sessionId,
    workspaceId,
    workspaceId,
    workspaceId,
  ]);
  const [workspace] = section(rows, 'workspace');
  if (workspace === undefined) return undefined;
  requireReadable(integer(workspace, 'priority'));
  const counts = new Map(
    section(rows, 'count').map((row) => [text(row, 'task_key'), integer(row, 'priority')]),
  );
  return {
    slug: text(workspace, 'task_key'),
    seq: Number(text(workspace, 'detail')),
    at: time(workspace, 'claimed_at'),
    mine: section(rows, 'mine').map(toClaim),
    others: section(rows, 'others').map(toClaim),
    blocked: section(rows, 'blocked').map((row) => ({
      ...toTask(row),
      reason: textOrNull(row, 'detail') ?? '',
    })),
    ready: section(rows, 'ready').map(toTask),
    waiting: section(rows, 'waiting').map((row) => ({
      ...toTask(row),
      needs: textOrNull(row, 'detail'),
    })),
    counts: {
      inProgress: counts.get('in_progress') ?? 0,
      blocked: counts.get('blocked') ?? 0,
      ready: counts.get('ready') ?? 0,
      waiting: counts.get('waiting') ?? 0,
    },
    known: {
      token: text(workspace, 'title'),
      claims: section(rows, 'mine', 'others').map((row) => text(row, 'task_key')),
    },
  };
}

const counted = ['in_progress', 'blocked', 'ready', 'waiting'];

const noHolder = `NULL AS last_seen_at, NULL AS ended_at, NULL AS process_scope,
  NULL AS process_id, NULL AS process_start`;
const noPlan = 'NULL AS plan_title, 0 AS plan_total, 0 AS plan_done';
const noClaim = `NULL AS session_id, NULL AS agent_id, NULL AS actor, NULL AS claimed_at`;
const order = 'ORDER BY t.workspace_id, t.queue, t.priority, t.created_at, t.id';

function statement(dialect: Dialect): string {
  return [
    `SELECT 'workspace' AS section, slug AS task_key,
       (SELECT MAX(oldest_reader) FROM ${schemaTable}) AS priority, guard_token AS title,
       CAST(seq AS CHAR(20)) AS detail, NULL AS session_id, NULL AS agent_id, NULL AS actor,
       ${dialect.now} AS claimed_at, ${noHolder}, ${noPlan}, '' AS created_at, '' AS id
     FROM workspaces WHERE id = ?`,
    ...counted.map(
      (
        queue,
      ) => `SELECT 'count', '${queue}', COUNT(*), '', NULL, ${noClaim}, ${noHolder}, ${noPlan}, '', ''
       FROM (SELECT 1 AS one FROM tasks WHERE workspace_id = ? AND queue = '${queue}'
             LIMIT ${promptLimits.count}) AS counted_${queue}`,
    ),
    claims('mine', dialect),
    claims('others', dialect),
    tasks('blocked', 'c.blocked_reason', dialect),
    tasks('ready', 'NULL', dialect),
    tasks('waiting', '(SELECT b.task_key FROM tasks b WHERE b.id = c.waiting_for)', dialect),
  ].join('\nUNION ALL\n');
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
      (SELECT SUBSTR(n.body, 1, 200) FROM task_notes n WHERE n.task_id = c.id
       ORDER BY n.task_id DESC, n.created_at DESC, n.id DESC LIMIT 1) AS detail,
      c.claim_session_id, c.claim_agent_id, c.claim_actor, c.claimed_at,
      s.last_seen_at, s.ended_at, s.process_scope, s.process_id, s.process_start,
      ${planColumns(dialect)}, c.created_at, c.id
    FROM (SELECT id, task_key, parent_task_id, priority, title, claim_session_id, claim_agent_id, claim_actor,
            claimed_at, created_at
          FROM tasks t ${dialect.along(index)}
          WHERE t.workspace_id = ? AND t.queue = 'in_progress' AND ${isHeld}
          ${order} LIMIT ${promptLimits[name]}) AS c
      LEFT JOIN sessions s ON s.id = c.claim_session_id) AS part_${name}`;
}

function tasks(queue: 'blocked' | 'ready' | 'waiting', detail: string, dialect: Dialect): string {
  return `SELECT * FROM (
    SELECT '${queue}' AS section, c.task_key, c.priority, c.title, ${detail} AS detail,
      ${noClaim}, ${noHolder}, ${planColumns(dialect)}, c.created_at, c.id
    FROM (SELECT id, task_key, parent_task_id, priority, title, blocked_reason, waiting_for,
            created_at
          FROM tasks t ${dialect.along('tasks_by_queue')}
          WHERE t.workspace_id = ? AND t.queue = '${queue}'
          ${order} LIMIT ${promptLimits[queue]}) AS c) AS part_${queue}`;
}

/**
 * The container of a task that was selected as `c`, and how far its steps are. MySQL, which sees that
 * most tasks have no parent, would read them all for each.
 */
function planColumns(dialect: Dialect): string {
  const steps = `tasks s ${dialect.along('tasks_by_parent')}`;
  return `(SELECT p.title FROM tasks p WHERE p.id = c.parent_task_id) AS plan_title,
      (SELECT COUNT(*) FROM ${steps} WHERE s.parent_task_id = c.parent_task_id
       AND COALESCE(s.status, '') <> 'cancelled') AS plan_total,
      (SELECT COUNT(*) FROM ${steps} WHERE s.parent_task_id = c.parent_task_id
       AND COALESCE(s.status, '') = 'completed') AS plan_done`;
}

/** Picks the rows of a section in their order, as SQL promises no order across UNION ALL. */
function section(rows: readonly Row[], ...names: readonly string[]): readonly Row[] {
  return rows
    .filter((row) => names.includes(text(row, 'section')))
    .sort(
      (a, b) =>
        integer(a, 'priority') - integer(b, 'priority') ||
        compare(text(a, 'created_at'), text(b, 'created_at')) ||
        compare(text(a, 'id'), text(b, 'id')),
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function toTask(row: Row): PromptTask {
  const plan = textOrNull(row, 'plan_title');
  return {
    key: text(row, 'task_key'),
    priority: integer(row, 'priority'),
    title: text(row, 'title'),
    plan:
      plan === null
        ? null
        : { title: plan, done: integer(row, 'plan_done'), total: integer(row, 'plan_total') },
  };
}

function toClaim(row: Row): PromptClaim {
  const session = text(row, 'session_id');
  return {
    ...toTask(row),
    session,
    agent: text(row, 'agent_id'),
    actor: text(row, 'actor'),
    since: time(row, 'claimed_at'),
    lastNote: textOrNull(row, 'detail'),
    holder: textOrNull(row, 'last_seen_at') === null ? null : toHolder(row, session),
  };
}

/** Reads the fields of a row that are about the session that holds a claim. */
export function toHolder(row: Row, id: string): HolderSession {
  return {
    id,
    lastSeenAt: time(row, 'last_seen_at'),
    endedAt: timeOrNull(row, 'ended_at'),
    processScope: textOrNull(row, 'process_scope'),
    processId: integerOrNull(row, 'process_id'),
    processStart: textOrNull(row, 'process_start'),
  };
}

/** @throws StoreError `no_schema` when a newer docket has changed the schema past this reader. */
export function requireReadable(oldestReader: number): void {
  if (oldestReader > knownVersion) {
    throw new StoreError('no_schema', 'the schema needs a newer docket');
  }
}
