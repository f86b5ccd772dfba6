import type { SqlValue } from '../lib/store/contract.ts';
import { groupOf, groupSize, type Place } from './seed-group.ts';

/** A row of one table, by column. */
export type SeedRow = Readonly<Record<string, SqlValue>>;

export interface SeedRows {
  readonly tasks: readonly SeedRow[];
  readonly task_dependencies: readonly SeedRow[];
  readonly task_notes: readonly SeedRow[];
  readonly task_events: readonly SeedRow[];
  readonly sessions: readonly SeedRow[];
}

/** Everything that one group of ten tasks puts into the database. */
export function rowsOf(group: number, { id, slug }: { id: string; slug: string }): SeedRows {
  const created = clock(group);
  const session = `seeded-${group}`;
  const actor = group % 3 === 0 ? 'alice@one' : 'bob@two';
  const places = groupOf(group).map((place, at) => ({ ...place, at, taskId: taskId(group, at) }));
  const claimed = places.find((place) => place.status === 'in_progress' && !place.subtaskCount);
  const by = { actor, session_id: session, agent_id: 'main', created_at: created };
  return {
    tasks: places.map((place) => ({
      ...taskRow(group, place, { created, actor, session }),
      id: place.taskId,
      workspace_id: id,
      task_key: keyOf(slug, group, place),
    })),
    task_dependencies: places.flatMap((place) =>
      place.needs === undefined
        ? []
        : [
            {
              task_id: place.taskId,
              depends_on_id: taskId(group, place.needs),
              type: 'blocks',
              created_at: created,
              created_by: actor,
            },
          ],
    ),
    task_notes: [
      {
        id: noteId(group),
        task_id: taskId(group, 1),
        body: `Half of step ${group} is done`,
        ...by,
      },
    ],
    task_events: places.map((place) => ({
      workspace_id: id,
      seq: group * groupSize + place.at + 1,
      task_id: place.taskId,
      verb: 'created',
      new_value: JSON.stringify({ title: titleOf(group, place.at) }),
      ...by,
    })),
    sessions: claimed === undefined ? [] : [sessionRow(id, session, { actor, created })],
  };
}

function taskRow(
  group: number,
  place: Place & { at: number },
  { created, actor, session }: { created: string; actor: string; session: string },
): SeedRow {
  const { status, subtaskCount } = place;
  const isClaimed = status === 'in_progress' && subtaskCount === 0;
  return {
    parent_task_id: place.parent === undefined ? null : taskId(group, place.parent),
    position: place.parent === undefined ? 0 : place.at,
    title: titleOf(group, place.at),
    description: `What is known of it. ${'The details are longer than the title. '.repeat(place.at % 4)}`,
    status,
    task_type: place.at % 3 === 0 ? 'bugfix' : 'implementation',
    priority: (group * 7 + place.at) % 5,
    claim_session_id: isClaimed ? session : null,
    claim_agent_id: isClaimed ? 'main' : null,
    claim_actor: isClaimed ? actor : null,
    claimed_at: isClaimed ? created : null,
    blocked_reason: status === 'blocked' ? 'waiting for the other team' : null,
    created_session_id: session,
    task_context: '{}',
    created_at: created,
    created_by: actor,
    started_at: status === 'in_progress' || status === 'completed' ? created : null,
    completed_at: status === 'completed' || status === 'cancelled' ? created : null,
    updated_at: created,
    revision: taskId(group, place.at),
    queue: place.queue,
    waiting_for:
      place.queue === 'waiting' && place.needs !== undefined ? taskId(group, place.needs) : null,
    subtask_count: subtaskCount,
  };
}

function sessionRow(
  workspaceId: string,
  id: string,
  { actor, created }: { actor: string; created: string },
): SeedRow {
  const [, host = ''] = actor.split('@');
  return {
    id,
    workspace_id: workspaceId,
    actor,
    host,
    started_at: created,
    last_seen_at: created,
  };
}

function titleOf(group: number, at: number): string {
  return `Mend part ${at} of module ${group} so that the import finds it`;
}

/** Ids begin with their time, as those of docket do. */
function taskId(group: number, at: number): string {
  return `019a0000-0000-7000-8000-${(group * groupSize + at).toString(16).padStart(12, '0')}`;
}

function noteId(group: number): string {
  return `019a0001-0000-7000-8000-${group.toString(16).padStart(12, '0')}`;
}

function keyOf(slug: string, group: number, { at, parent }: Place & { at: number }): string {
  // 31 is prime, so this scatters keys over the range and never makes one twice.
  const number = (group * groupSize + (parent ?? at)) * 48_271;
  const base = `${slug}-${(number % 31 ** 5).toString(31).padStart(5, '0')}`;
  return parent === undefined ? base : `${base}.${at}`;
}

/** One group every two minutes. */
function clock(group: number): string {
  const time = new Date(Date.UTC(2026, 0, 1) + group * 120_000).toISOString();
  return time.slice(0, 23).replace('T', ' ');
}
