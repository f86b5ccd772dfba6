import type { SqlValue, Store } from '../../../lib/store/contract.ts';

const perStatement = 200;

/**
 * Fills a list past what a scan could hide: half done, a quarter ready, the rest everywhere, each
 * task with notes, events, a run, a blocked time, and what it needs.
 */
export async function insertManyTasks(
  store: Store,
  { workspaceId, count }: { workspaceId: string; count: number },
): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => index);
  await insertRows(
    store,
    'tasks',
    numbers.map((number) => taskRow(workspaceId, number)),
  );
  await insertRows(store, 'task_notes', numbers.map(noteRow));
  await insertRows(store, 'task_dependencies', numbers.slice(1).map(dependencyRow));
  await insertRows(
    store,
    'task_events',
    numbers.map((number) => eventRow(workspaceId, number)),
  );
  await insertRows(
    store,
    'agent_runs',
    numbers.map((number) => runRow(workspaceId, number)),
  );
  await insertRows(
    store,
    'task_blocks',
    numbers.map((number) => blockRow(workspaceId, number)),
  );
  await insertRows(store, 'sessions', numbers.slice(0, 1_000).map(sessionRow));
  await insertRows(
    store,
    'touched_files',
    numbers.map((number) => touchedRow(workspaceId, number)),
  );
  await insertRows(
    store,
    'archived_tasks',
    numbers.map((number) => archivedRow(workspaceId, number)),
  );
  await insertRows(
    store,
    'archived_lines',
    numbers.map((number) => ({
      ...{ workspace_id: workspaceId, tree_id: `archived-${number}`, part: 0 },
      body: '{"table":"tasks"}\n',
    })),
  );
  await insertRows(
    store,
    'archived_links',
    numbers.map((number) => ({
      ...{ workspace_id: workspaceId, task_id: taskId(number) },
      ...{ depends_on_id: `archived-${number}`, type: 'blocks' },
      ...{ created_at: timeOf(number), created_by: 'alice@one' },
    })),
  );
}

type NewRow = Readonly<Record<string, SqlValue>>;

function archivedRow(workspaceId: string, number: number): NewRow {
  return {
    id: `archived-${number}`,
    workspace_id: workspaceId,
    tree_id: `archived-${number}`,
    task_key: `old-${number}`,
    title: 'Old',
    status: 'completed',
    task_type: number % 2 === 0 ? 'research' : 'implementation',
    subtask_count: 0,
    completed_at: timeOf(number),
    last_seq: number,
    archived_at: timeOf(number),
    archived_by: 'alice@one',
  };
}

export async function insertRows(
  store: Store,
  table: string,
  rows: readonly NewRow[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const place = `(${columns.map(() => '?').join(', ')})`;
  for (let start = 0; start < rows.length; start += perStatement) {
    const part = rows.slice(start, start + perStatement);
    await store.write(async (db) => {
      await db.run(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${part.map(() => place).join(', ')}`,
        part.flatMap((row) => Object.values(row)),
      );
    });
  }
}

const kinds = ['done', 'done', 'done', 'done', 'ready', 'ready', 'waiting', 'taken', 'blocked'];
const statuses = { done: 'completed', taken: 'in_progress', blocked: 'blocked' };
const queues = { done: 'none', taken: 'in_progress' };

function taskRow(workspaceId: string, number: number): NewRow {
  const kind = kinds[number % kinds.length] ?? 'done';
  const at = timeOf(number);
  const isTaken = kind === 'taken';
  return {
    id: taskId(number),
    task_key: `web-${String(number).padStart(4, '0')}`,
    workspace_id: workspaceId,
    title: `Task ${number}`,
    description: '',
    status: statuses[kind as keyof typeof statuses] ?? 'pending',
    task_type: 'research',
    priority: number % 5,
    claim_session_id: isTaken ? `session-${number % 50}` : null,
    claim_agent_id: isTaken ? 'main' : null,
    claim_actor: isTaken ? 'alice@one' : null,
    claimed_at: isTaken ? at : null,
    blocked_reason: kind === 'blocked' ? 'the vendor' : null,
    created_session_id: 'session-1',
    task_context: '{}',
    created_at: at,
    created_by: 'alice@one',
    completed_at: kind === 'done' ? at : null,
    updated_at: at,
    revision: `revision-${number}`,
    queue: queues[kind as keyof typeof queues] ?? kind,
    waiting_for: kind === 'waiting' ? taskId(0) : null,
  };
}

function noteRow(number: number): NewRow {
  return {
    id: `note-${number}`,
    task_id: taskId(number),
    body: `Note ${number}`,
    actor: 'alice@one',
    session_id: 'session-1',
    agent_id: 'main',
    created_at: timeOf(number),
  };
}

/** Each needs the one before it. */
function dependencyRow(number: number): NewRow {
  return {
    task_id: taskId(number),
    depends_on_id: taskId(number - 1),
    type: 'blocks',
    created_at: timeOf(number),
    created_by: 'alice@one',
  };
}

function eventRow(workspaceId: string, number: number): NewRow {
  return {
    workspace_id: workspaceId,
    seq: number + 1,
    task_id: taskId(number),
    verb: 'created',
    actor: 'alice@one',
    session_id: 'session-1',
    agent_id: 'main',
    created_at: timeOf(number),
  };
}

function runRow(workspaceId: string, number: number): NewRow {
  return {
    id: `run-${number}`,
    workspace_id: workspaceId,
    task_id: taskId(number),
    agent: 'Coding Agent',
    role: 'work',
    attempt: 1,
    cycle: 1,
    session_id: 'session-1',
    agent_id: 'main',
    actor: 'alice@one',
    started_at: timeOf(number),
    finished_at: timeOf(number),
    status: 'completed',
  };
}

function blockRow(workspaceId: string, number: number): NewRow {
  return {
    id: `block-${number}`,
    workspace_id: workspaceId,
    task_id: taskId(number),
    reason: 'the vendor',
    started_at: timeOf(number),
    ended_at: timeOf(number),
  };
}

function touchedRow(workspaceId: string, number: number): NewRow {
  return {
    workspace_id: workspaceId,
    path: `src/file-${number}.ts`,
    session_id: `session-${number % 50}`,
    task_id: taskId(number),
    agent_id: 'main',
    is_new: 0,
    touches: 1,
    first_at: timeOf(number),
    touched_at: timeOf(number),
  };
}

function sessionRow(number: number): NewRow {
  return {
    id: `session-${number}`,
    actor: 'alice@one',
    host: 'one',
    process_scope: `boot-${number % 50}`,
    process_id: number,
    process_start: '1',
    started_at: timeOf(number),
    last_seen_at: timeOf(number),
  };
}

export function taskId(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

export function timeOf(number: number): string {
  const time = new Date(Date.UTC(2026, 0, 1) + number * 1_000).toISOString();
  return time.slice(0, -1).replace('T', ' ');
}
