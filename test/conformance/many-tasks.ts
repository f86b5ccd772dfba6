import type { SqlValue, Store } from '../../lib/store/contract.ts';

const perStatement = 200;

const columns = `id, task_key, workspace_id, title, description, status, task_type, priority,
  claim_session_id, claim_agent_id, claim_actor, claimed_at, blocked_reason, created_session_id,
  task_context, created_at, created_by, completed_at, updated_at, revision, queue, waiting_for`;

/** Fills a list past what a scan could hide: half done, a third ready, the rest everywhere. */
export async function insertManyTasks(
  store: Store,
  { workspaceId, count }: { workspaceId: string; count: number },
): Promise<void> {
  for (let start = 0; start < count; start += perStatement) {
    const rows = Array.from({ length: Math.min(perStatement, count - start) }, (_, index) =>
      taskRow(workspaceId, start + index),
    );
    const places = rows.map((row) => `(${row.map(() => '?').join(', ')})`);
    await store.write(async (db) => {
      await db.run(`INSERT INTO tasks (${columns}) VALUES ${places.join(', ')}`, rows.flat());
    });
  }
}

const kinds = ['done', 'done', 'done', 'ready', 'ready', 'waiting', 'progress', 'blocked'] as const;

function taskRow(workspaceId: string, number: number): readonly SqlValue[] {
  const kind = kinds[number % kinds.length] ?? 'done';
  const time = new Date(Date.UTC(2026, 0, 1) + number * 1_000).toISOString().slice(0, -1);
  const at = time.replace('T', ' ');
  const id = `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
  const isClaimed = kind === 'progress';
  const status = { done: 'completed', ready: 'pending', waiting: 'pending' };
  const queue = { done: 'none', progress: 'in_progress' };
  return [
    id,
    `web-${String(number).padStart(4, '0')}`,
    workspaceId,
    `Task ${number}`,
    '',
    kind === 'progress' ? 'in_progress' : kind === 'blocked' ? 'blocked' : status[kind],
    'research',
    number % 5,
    isClaimed ? `session-${number % 50}` : null,
    isClaimed ? 'main' : null,
    isClaimed ? 'alice@one' : null,
    isClaimed ? at : null,
    kind === 'blocked' ? 'the vendor' : null,
    'session-1',
    '{}',
    at,
    'alice@one',
    kind === 'done' ? at : null,
    at,
    `revision-${number}`,
    kind === 'done' || kind === 'progress' ? queue[kind] : kind,
    kind === 'waiting' ? id : null,
  ];
}
