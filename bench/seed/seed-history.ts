import { groupOf, groupSize, type SeedTask } from '../groups/seed-group.ts';
import {
  clock,
  type Era,
  endOf,
  rowsOf,
  type SeedRow,
  startOf,
  taskId,
  whoOf,
} from './seed-rows.ts';

/** The number of events of each task. */
export const eventsPerTask = 10;

const clients = 20;

/** The tables, in the order that foreign keys ask for. */
export const historyTables = [
  'sessions',
  'tasks',
  'task_dependencies',
  'task_notes',
  'agent_runs',
  'task_blocks',
  'task_events',
  'insights',
  'work_items',
] as const;

type HistoryRows = Readonly<Record<(typeof historyTables)[number], readonly SeedRow[]>>;

interface WorkspaceName {
  readonly id: string;
  readonly slug: string;
}

/** Makes the clients, projects and infrastructure that the groups are for. */
export function registryRows(workspaceId: string, era: Era) {
  const numbers = Array.from({ length: clients }, (_, index) => index);
  const common = (name: string) => ({
    workspace_id: workspaceId,
    slug: name.toLowerCase().replace(' ', '-'),
    name,
    note: '',
    created_at: clock(0, era),
    created_by: 'alice@one',
    updated_at: clock(0, era),
    revision: name,
  });
  return {
    clients: numbers.map((n) => ({ id: entryId('c', n), ...common(`Client ${n}`) })),
    projects: numbers.map((n) => ({
      id: entryId('p', n),
      client_id: entryId('c', n),
      ...common(`Project ${n}`),
    })),
    infrastructure: numbers.map((n) => ({
      id: entryId('i', n),
      client_id: entryId('c', n),
      ...common(`Machine ${n}`),
    })),
  };
}

/** Makes the history of a group: ten events a task, runs, notes, blocks and work items. */
export function historyOf(group: number, workspace: WorkspaceName, era: Era): HistoryRows {
  const base = rowsOf(group, workspace, era);
  const tasks = groupOf(group).map((task, at) => ({ ...task, at }));
  const worked = tasks.filter(
    ({ status, subtaskCount }) =>
      subtaskCount === 0 && (status === 'completed' || status === 'in_progress'),
  );
  const client = entryId('c', group % clients);
  return {
    sessions: [sessionRow(group, workspace.id, era, base.sessions.length > 0)],
    tasks: base.tasks.map((row) => ({
      ...row,
      client_id: client,
      project_id: entryId('p', group % clients),
      billable: 1,
    })),
    task_dependencies: base.task_dependencies,
    task_notes: tasks.map((task) => noteRow(group, task, era)),
    agent_runs: worked.flatMap((task) => runRows(group, task, { workspace, era })),
    task_blocks: tasks.flatMap((task) => blockRows(group, task, { workspace, era })),
    task_events: tasks.flatMap((task) => eventRows(group, task, { workspace, era })),
    insights: [insightRow(group, workspace.id, era)],
    work_items: tasks
      .filter(({ status, parent }) => status === 'completed' && parent === undefined)
      .map((task) => workItemRow(group, task, { workspace, era })),
  };
}

type NumberedTask = SeedTask & { readonly at: number };

interface Where {
  readonly workspace: WorkspaceName;
  readonly era: Era;
}

function by(group: number) {
  const { actor, session } = whoOf(group);
  return { actor, session_id: session, agent_id: 'main' };
}

function sessionRow(group: number, workspaceId: string, era: Era, isLive: boolean): SeedRow {
  const { session, actor } = whoOf(group);
  return {
    id: session,
    workspace_id: workspaceId,
    actor,
    host: actor.split('@')[1] ?? '',
    started_at: clock(group, era),
    last_seen_at: clock(group, era, 60),
    ended_at: isLive ? null : clock(group, era, 60),
    active_ms: 3_600_000,
  };
}

function noteRow(group: number, { at }: NumberedTask, era: Era): SeedRow {
  return {
    id: rowId('a', group, at, 0),
    task_id: taskId(group, at),
    body: `Step ${at} of module ${group} is half done; the vendor was asked`,
    ...by(group),
    created_at: clock(group, era, at * 3 + 1),
  };
}

/** Makes the runs of a task; every third has a review that sends it back or not. */
function runRows(group: number, task: NumberedTask, { workspace, era }: Where): readonly SeedRow[] {
  const { at, status } = task;
  const isRunning = status === 'in_progress';
  const row = (number: number, role: string, verdict: string | null) => ({
    id: rowId('b', group, at, number),
    workspace_id: workspace.id,
    task_id: taskId(group, at),
    running_task_id: isRunning ? taskId(group, at) : null,
    agent: role === 'review' ? 'Code Review Agent' : 'Coding Agent',
    role,
    attempt: 1,
    cycle: 1,
    ...by(group),
    started_at: clock(group, era, startOf(task)),
    finished_at: isRunning ? null : clock(group, era, endOf(task)),
    status: isRunning ? 'running' : 'completed',
    verdict,
    report: isRunning ? null : '{"status":"completed","outcome":"it is mended"}',
    active_ms: isRunning ? 0 : (5 + ((group * 7 + at * 11) % 50)) * 60_000,
  });
  const verdict = group % 4 === 1 ? 'rejected' : 'approved';
  if (isRunning) return [row(0, 'work', null)];
  return at % 3 === 0
    ? [row(0, 'work', verdict), row(1, 'review', verdict)]
    : [row(0, 'work', null)];
}

/** Makes the blocks of a task: of those that are blocked, and of every tenth. */
function blockRows(
  group: number,
  task: NumberedTask,
  { workspace, era }: Where,
): readonly SeedRow[] {
  const { at, status } = task;
  const isOpen = status === 'blocked';
  if (!isOpen && (status !== 'completed' || (group + at) % 10 !== 0)) return [];
  return [
    {
      id: rowId('c', group, at, 0),
      workspace_id: workspace.id,
      task_id: taskId(group, at),
      open_task_id: isOpen ? taskId(group, at) : null,
      reason: `waiting for ${['the vendor', 'a key', 'the other team'][group % 3]}`,
      started_at: clock(group, era, startOf(task)),
      ended_at: isOpen ? null : clock(group, era, endOf(task)),
    },
  ];
}

/** Makes the events of a task: the first creates it, the last completes it; notes lie between. */
function eventRows(
  group: number,
  task: NumberedTask,
  { workspace, era }: Where,
): readonly SeedRow[] {
  const { at, status } = task;
  return Array.from({ length: eventsPerTask }, (_, index) => {
    const isLast = index === eventsPerTask - 1;
    const verb = index === 0 ? 'created' : isLast && status === 'completed' ? status : 'noted';
    return {
      workspace_id: workspace.id,
      seq: (group * groupSize + at) * eventsPerTask + index + 1,
      task_id: taskId(group, at),
      verb,
      ...by(group),
      new_value: JSON.stringify(verb === 'noted' ? { note: rowId('a', group, at, 0) } : {}),
      created_at: clock(group, era, at * 3 + index),
    };
  });
}

function insightRow(group: number, workspaceId: string, era: Era): SeedRow {
  return {
    id: rowId('d', group, 0, 0),
    workspace_id: workspaceId,
    client_id: entryId('c', group % clients),
    body: `The import of module ${group} runs at night`,
    created_at: clock(group, era),
    created_by: whoOf(group).actor,
    updated_at: clock(group, era),
    revision: rowId('d', group, 0, 0),
  };
}

function workItemRow(group: number, task: NumberedTask, { workspace, era }: Where): SeedRow {
  const { session, actor } = whoOf(group);
  const ended = clock(group, era, endOf(task));
  return {
    id: rowId('e', group, task.at, 0),
    workspace_id: workspace.id,
    linked_task_id: taskId(group, task.at),
    client_id: entryId('c', group % clients),
    project_id: entryId('p', group % clients),
    category: 'troubleshooting',
    problem: `The import did not find part ${task.at}`,
    solution: 'it is mended',
    billable_minutes: 15 + task.at,
    session_id: session,
    affected_systems: '[]',
    technologies: '[]',
    completed_at: ended,
    created_at: ended,
    created_by: actor,
    updated_at: ended,
    revision: rowId('e', group, task.at, 0),
  };
}

function entryId(kind: string, number: number): string {
  return `019a0002-0000-7000-8000-${kind.charCodeAt(0).toString(16)}${String(number).padStart(10, '0')}`;
}

/** Makes an id; tables are told apart by a letter. */
function rowId(table: string, group: number, at: number, number: number): string {
  const count = ((group * groupSize + at) * 4 + number).toString(16);
  return `019a000${table}-0000-7000-8000-${count.padStart(12, '0')}`;
}
