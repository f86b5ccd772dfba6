import type { News, Since, TaskEvent, TaskNow, TaskState } from '../../model/prompt/news.ts';
import type { Dialect, Row, SqlValue } from '../contract.ts';
import { integer, text, textOrNull } from '../sql/columns.ts';
import {
  claimColumns,
  isListed,
  lastNote,
  namesOf,
  noHolder,
  noPlan,
  type Sections,
  toClaim,
} from './prompt-rows.ts';

/** So many events are told one by one. After more of them the whole list is shorter. */
const mostEvents = 100;

/** Where a task stands, and what there is to say of it there, of one that was selected as `c`. */
const state = ({ now }: Dialect) => `CASE WHEN c.ready_at <= ${now}
        THEN 'ready' WHEN c.queue <> 'none' THEN c.queue WHEN c.subtask_count > 0 THEN 'split'
        ELSE c.status END`;
const detail = `CASE c.queue WHEN 'in_progress' THEN ${lastNote}
        WHEN 'blocked' THEN SUBSTR(c.blocked_reason, 1, 200)
        ELSE SUBSTR(c.outcome, 1, 200) END`;

/**
 * Selects the tasks that a reader knows, by their unique keys, and what has happened since, with the
 * tasks that it happened to. It follows the list's own parts. Where a task stands takes the place of
 * its id, and an event's verb and number those of times and plans.
 */
export function newsStatement({ keys }: Since, dialect: Dialect): string {
  return `SELECT * FROM (
    SELECT /*+ LOOKUP_JOIN(c,s) */ 'known' AS section, c.task_key, c.priority, c.title,
      ${detail} AS detail, ${claimColumns}, ${noPlan}, '' AS created_at,
      ${state(dialect)} AS id
    FROM (SELECT id, task_key, priority, title, status, queue, ready_at, subtask_count, blocked_reason,
            outcome, claim_session_id, claim_agent_id, claim_actor, claimed_at, claim_branch
          FROM tasks WHERE workspace_id = ? AND task_key IN (${orNone(keys)
            .map(() => '?')
            .join(', ')})) AS c
      LEFT JOIN sessions s ON s.id = c.claim_session_id) AS part_known
    UNION ALL
    SELECT * FROM (
    SELECT /*+ LOOKUP_JOIN(capped,c) */ 'event' AS section, c.task_key, c.priority, c.title,
      ${detail} AS detail, capped.session_id, capped.agent_id, capped.actor,
      NULL AS claimed_at, NULL AS branch, ${noHolder}, NULL AS plan_title, capped.seq AS plan_total,
      CASE WHEN c.starts_at > capped.created_at THEN 1 ELSE 0 END AS plan_done,
      NULL AS for_client, NULL AS for_project,
      capped.verb AS created_at, ${state(dialect)} AS id
    FROM (SELECT t.seq, t.task_id, t.verb, t.session_id, t.agent_id, t.actor,
            t.created_at FROM task_events t
          WHERE t.workspace_id = ? AND t.seq > ?
          ORDER BY t.workspace_id, t.seq LIMIT ${mostEvents + 1}) AS capped
      LEFT JOIN tasks c ON c.id = capped.task_id) AS part_event`;
}

export function newsParameters(workspaceId: string, { keys, seq }: Since): readonly SqlValue[] {
  return [workspaceId, ...orNone(keys), workspaceId, seq];
}

/** A list in SQL has one member at least; no task has this key. */
function orNone(keys: readonly string[]): readonly string[] {
  return keys.length === 0 ? [''] : keys;
}

export function readNews(rows: readonly Row[], sections: Sections): News {
  const events = rows
    .filter((row) => row.section === 'event')
    .sort((a, b) => integer(a, 'plan_total') - integer(b, 'plan_total'));
  // An event of the list itself has no task.
  const ofTasks = events.filter((row) => row.task_key !== null);
  // The list says whom its tasks are for.
  const named = new Map(
    rows.filter(isListed).map((row) => [text(row, 'task_key'), namesOf(row)] as const),
  );
  const toNow = (row: Row) => ({ ...toTaskNow(row), ...named.get(text(row, 'task_key')) });
  return {
    tasks: sections('known').map(toNow),
    touched: ofTasks.map(toNow),
    events: events.length > mostEvents ? undefined : ofTasks.map(toEvent),
  };
}

function toEvent(row: Row): TaskEvent {
  return {
    ...{ key: text(row, 'task_key'), verb: text(row, 'created_at') },
    ...{ session: text(row, 'session_id'), agent: text(row, 'agent_id') },
    actor: text(row, 'actor'),
    wasEarly: row.plan_done === 1,
  };
}

function toTaskNow(row: Row): TaskNow {
  const state = text(row, 'id') as TaskState;
  return {
    ...{ key: text(row, 'task_key'), title: text(row, 'title') },
    ...{ priority: integer(row, 'priority'), state },
    claim: state === 'in_progress' && row.section === 'known' ? toClaim(row) : null,
    detail: textOrNull(row, 'detail'),
  };
}
