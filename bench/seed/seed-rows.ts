import { Complexity, TaskType } from '../../lib/model/task/task.ts';
import type { SqlValue } from '../../lib/store/contract.ts';
import { groupOf, groupSize, type SeedTask } from '../groups/seed-group.ts';

/**
 * The time in which the groups of a list were made: the first, and the milliseconds between two.
 */
export interface Era {
  readonly start: number;
  readonly step: number;
}

/** One group was made every two minutes. */
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

/** Makes all rows of one group of ten tasks. */
export function rowsOf(
  group: number,
  { id, slug }: { id: string; slug: string },
  era: Era = past,
): SeedRows {
  const created = clock(group, era);
  const { session, actor } = whoOf(group);
  const tasks = groupOf(group).map((task, at) => ({ ...task, at, taskId: taskId(group, at) }));
  const claimed = tasks.find((task) => task.status === 'in_progress' && !task.subtaskCount);
  const by = { actor, session_id: session, agent_id: 'main', created_at: created };
  return {
    tasks: tasks.map((task) => ({
      ...taskRow(group, task, { created, actor, session, era }),
      id: task.taskId,
      workspace_id: id,
      task_key: keyOf(slug, group, task),
    })),
    task_dependencies: tasks.flatMap((task) =>
      task.needs === undefined
        ? []
        : [
            {
              task_id: task.taskId,
              depends_on_id: taskId(group, task.needs),
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
    task_events: tasks.map((task) => ({
      workspace_id: id,
      seq: group * groupSize + task.at + 1,
      task_id: task.taskId,
      verb: 'created',
      new_value: JSON.stringify({ title: titleOf(group, task.at) }),
      ...by,
    })),
    sessions: claimed === undefined ? [] : [sessionRow(id, session, { actor, created })],
  };
}

function taskRow(
  group: number,
  task: SeedTask & { at: number },
  { created, actor, session, era }: { created: string; actor: string; session: string; era: Era },
): SeedRow {
  const { status, subtaskCount } = task;
  const isClaimed = status === 'in_progress' && subtaskCount === 0;
  return {
    parent_task_id: task.parent === undefined ? null : taskId(group, task.parent),
    position: task.parent === undefined ? 0 : task.at,
    title: titleOf(group, task.at),
    description: `What is known of it. ${'The details are longer than the title. '.repeat(task.at % 4)}`,
    status,
    task_type: TaskType.options[(group + task.at) % TaskType.options.length] ?? 'bugfix',
    priority: (group * 7 + task.at) % 5,
    // Every fifth task has no complexity, and every second no estimate.
    estimated_complexity: Complexity.options[(group + task.at) % 5] ?? null,
    estimated_minutes: (group + task.at) % 2 === 0 ? 10 + task.at * 5 : null,
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
      status === 'in_progress' || status === 'completed' ? clock(group, era, startOf(task)) : null,
    completed_at:
      status === 'completed' || status === 'cancelled' ? clock(group, era, endOf(task)) : null,
    updated_at: created,
    revision: taskId(group, task.at),
    queue: task.queue,
    waiting_for:
      task.queue === 'waiting' && task.needs !== undefined ? taskId(group, task.needs) : null,
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

/** Makes the id of a task. Ids begin with their time, as those of docket do. */
export function taskId(group: number, at: number): string {
  return `019a0000-0000-7000-8000-${(group * groupSize + at).toString(16).padStart(12, '0')}`;
}

function noteId(group: number): string {
  return `019a0001-0000-7000-8000-${group.toString(16).padStart(12, '0')}`;
}

export function keyOf(
  slug: string,
  group: number,
  { at, parent }: SeedTask & { at: number },
): string {
  // 31 is prime, so this scatters keys over the range and never makes one twice.
  const number = (group * groupSize + (parent ?? at)) * 48_271;
  const base = `${slug}-${(number % 31 ** 5).toString(31).padStart(5, '0')}`;
  return parent === undefined ? base : `${base}.${at}`;
}

/**
 * Gives the minutes from the making of a group to a task's start. A container lasts from its first
 * step to its last.
 */
export function startOf({ at }: { readonly at: number }): number {
  return at * 3;
}

export function endOf({ at, subtaskCount }: SeedTask & { readonly at: number }): number {
  return subtaskCount > 0 ? 60 : at * 3 + 10 + at * at;
}

/** Names the worker of a group. */
export function whoOf(group: number): { readonly session: string; readonly actor: string } {
  return { session: `seeded-${group}`, actor: group % 3 === 0 ? 'alice@one' : 'bob@two' };
}

/** Gives a time as it is stored: so many minutes after a group was made. */
export function clock(group: number, { start, step }: Era, minutes = 0): string {
  const time = new Date(start + group * step + minutes * 60_000).toISOString();
  return time.slice(0, 23).replace('T', ' ');
}
