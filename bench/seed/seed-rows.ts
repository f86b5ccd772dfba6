import { Complexity, TaskType } from '../../lib/model/task/task.ts';
import type { SqlValue } from '../../lib/store/contract.ts';
import { groupOf, groupSize, type Place } from '../groups/seed-group.ts';

/** When the groups of a list were made: the first, and the milliseconds from one to the next. */
export interface Era {
  readonly start: number;
  readonly step: number;
}

/** One group every two minutes. */
const past: Era = { start: Date.UTC(2026, 0, 1), step: 120_000 };

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
export function rowsOf(
  group: number,
  { id, slug }: { id: string; slug: string },
  era: Era = past,
): SeedRows {
  const created = clock(group, era);
  const { session, actor } = whoOf(group);
  const places = groupOf(group).map((place, at) => ({ ...place, at, taskId: taskId(group, at) }));
  const claimed = places.find((place) => place.status === 'in_progress' && !place.subtaskCount);
  const by = { actor, session_id: session, agent_id: 'main', created_at: created };
  return {
    tasks: places.map((place) => ({
      ...taskRow(group, place, { created, actor, session, era }),
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
  { created, actor, session, era }: { created: string; actor: string; session: string; era: Era },
): SeedRow {
  const { status, subtaskCount } = place;
  const isClaimed = status === 'in_progress' && subtaskCount === 0;
  return {
    parent_task_id: place.parent === undefined ? null : taskId(group, place.parent),
    position: place.parent === undefined ? 0 : place.at,
    title: titleOf(group, place.at),
    description: `What is known of it. ${'The details are longer than the title. '.repeat(place.at % 4)}`,
    status,
    task_type: TaskType.options[(group + place.at) % TaskType.options.length] ?? 'bugfix',
    priority: (group * 7 + place.at) % 5,
    // Every fifth says nothing of it, and so every second of how long it takes.
    estimated_complexity: Complexity.options[(group + place.at) % 5] ?? null,
    estimated_minutes: (group + place.at) % 2 === 0 ? 10 + place.at * 5 : null,
    claim_session_id: isClaimed ? session : null,
    claim_agent_id: isClaimed ? 'main' : null,
    claim_actor: isClaimed ? actor : null,
    claimed_at: isClaimed ? created : null,
    blocked_reason: status === 'blocked' ? 'waiting for the other team' : null,
    created_session_id: session,
    task_context: '{}',
    created_at: created,
    created_by: actor,
    started_at:
      status === 'in_progress' || status === 'completed' ? clock(group, era, startOf(place)) : null,
    completed_at:
      status === 'completed' || status === 'cancelled' ? clock(group, era, endOf(place)) : null,
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
export function taskId(group: number, at: number): string {
  return `019a0000-0000-7000-8000-${(group * groupSize + at).toString(16).padStart(12, '0')}`;
}

function noteId(group: number): string {
  return `019a0001-0000-7000-8000-${group.toString(16).padStart(12, '0')}`;
}

export function keyOf(slug: string, group: number, { at, parent }: Place & { at: number }): string {
  // 31 is prime, so this scatters keys over the range and never makes one twice.
  const number = (group * groupSize + (parent ?? at)) * 48_271;
  const base = `${slug}-${(number % 31 ** 5).toString(31).padStart(5, '0')}`;
  return parent === undefined ? base : `${base}.${at}`;
}

/** Minutes after a group was made. A container is from its first step to its last. */
export function startOf({ at }: { readonly at: number }): number {
  return at * 3;
}

export function endOf({ at, subtaskCount }: Place & { readonly at: number }): number {
  return subtaskCount > 0 ? 60 : at * 3 + 10 + at * at;
}

/** Who works on a group. */
export function whoOf(group: number): { readonly session: string; readonly actor: string } {
  return { session: `seeded-${group}`, actor: group % 3 === 0 ? 'alice@one' : 'bob@two' };
}

/** A time as it is stored: when a group was made, and so many minutes later. */
export function clock(group: number, { start, step }: Era, minutes = 0): string {
  const time = new Date(start + group * step + minutes * 60_000).toISOString();
  return time.slice(0, 23).replace('T', ' ');
}
