import type { HolderSession } from '../../model/liveness.ts';
import type { PromptClaim, PromptTask } from '../../model/prompt/list.ts';
import type { Row } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { knownVersion } from '../migrations/known-version.ts';
import { integer, integerOrNull, text, textOrNull, time, timeOrNull } from '../sql/columns.ts';

// What the parts of a prompt's one statement have in common: all give the same columns.

export const noHolder = `NULL AS last_seen_at, NULL AS ended_at, NULL AS process_scope,
  NULL AS process_id, NULL AS process_start`;
export const noPlan = `NULL AS plan_title, 0 AS plan_total, 0 AS plan_done, NULL AS for_client,
  NULL AS for_project`;
export const noClaim = `NULL AS session_id, NULL AS agent_id, NULL AS actor, NULL AS claimed_at,
  NULL AS branch`;

/** The claim and its holder of a task that was selected as `c` and joined with its session `s`. */
export const claimColumns = `c.claim_session_id, c.claim_agent_id, c.claim_actor, c.claimed_at,
      c.claim_branch,
      s.last_seen_at, s.ended_at, s.process_scope, s.process_id, s.process_start`;

/** The client and the project of a task that was selected as `c`. */
export const attribution = `(SELECT k.slug FROM clients k WHERE k.id = c.client_id) AS for_client,
      (SELECT j.slug FROM projects j WHERE j.id = c.project_id) AS for_project`;

/** The newest note of a task that was selected as `c`. */
export const lastNote = `(SELECT SUBSTR(n.body, 1, 200) FROM task_notes n WHERE n.task_id = c.id
       ORDER BY n.task_id DESC, n.created_at DESC, n.id DESC LIMIT 1)`;

/** The rows of some sections. */
export type Sections = (...names: readonly string[]) => readonly Row[];

/** Parts rows by section, each in its order, as SQL promises no order across UNION ALL. */
export function sectionsOf(rows: readonly Row[]): Sections {
  const parts = Map.groupBy(rows, (row) => text(row, 'section'));
  return (...names) =>
    names
      .flatMap((name) => parts.get(name) ?? [])
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

export function toTask(row: Row): PromptTask {
  const plan = textOrNull(row, 'plan_title');
  return {
    key: text(row, 'task_key'),
    priority: integer(row, 'priority'),
    title: text(row, 'title'),
    plan:
      plan === null
        ? null
        : { title: plan, done: integer(row, 'plan_done'), total: integer(row, 'plan_total') },
    ...namesOf(row),
  };
}

/** The client and the project of a task, as far as they are told. */
export function namesOf({ for_client: client, for_project: project }: Row) {
  return {
    ...(client === null ? {} : { client: String(client) }),
    ...(project === null ? {} : { project: String(project) }),
  };
}

/** Leaves out what all tasks of a list have in common: its reader knows that. */
export function withDifferences(rows: readonly Row[]): readonly Row[] {
  const listed = rows.filter(isListed);
  const [first] = listed;
  const same = (['for_client', 'for_project'] as const).filter(
    (column) => first?.[column] && listed.every((row) => row[column] === first[column]),
  );
  if (same.length === 0) return rows;
  const none = Object.fromEntries(same.map((column) => [column, null]));
  return rows.map((row) => ({ ...row, ...none }));
}

/** Whether a row is a task of the list. */
export function isListed({ section: name }: Row): boolean {
  return ['mine', 'others', 'blocked', 'ready', 'begun', 'waiting'].includes(String(name));
}

export function toClaim(row: Row): PromptClaim {
  const session = text(row, 'session_id');
  const branch = textOrNull(row, 'branch');
  return {
    ...toTask(row),
    session,
    agent: text(row, 'agent_id'),
    actor: text(row, 'actor'),
    since: time(row, 'claimed_at'),
    ...(branch === null ? {} : { branch }),
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
