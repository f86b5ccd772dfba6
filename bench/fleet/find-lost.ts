import type { Connection } from '../../lib/model/connection.ts';
import { openStore } from '../../lib/tracker/database/open.ts';
import type { Acknowledged } from './simulate.ts';

/** What a database has otherwise than it said. */
export interface Lost {
  /** Tasks that two sessions were given. */
  readonly claimedTwice: readonly string[];
  /** What was said to be done and is not there, in words. */
  readonly lost: readonly string[];
}

/** Compares what a fleet was told with what the database has. */
export async function findLost(
  connection: Connection,
  workspaceId: string,
  { claims, closes, notes, creates }: Acknowledged,
): Promise<Lost> {
  const store = await openStore(connection);
  try {
    const tasks = await store.db.query(
      'SELECT task_key, title, status, claim_session_id FROM tasks WHERE workspace_id = ?',
      [workspaceId],
    );
    const noted = await store.db.query(
      `SELECT n.body FROM task_notes n JOIN tasks t ON t.id = n.task_id
       WHERE t.workspace_id = ? AND n.session_id LIKE 'fleet-%'`,
      [workspaceId],
    );
    const [order] = await store.db.query(
      `SELECT w.seq, (SELECT COUNT(*) FROM task_events e WHERE e.workspace_id = w.id) AS events
       FROM workspaces w WHERE w.id = ?`,
      [workspaceId],
    );
    const byKey = new Map(tasks.map((task) => [String(task.task_key), task]));
    const bodies = noted.map(({ body }) => String(body));
    const kept = new Set(bodies);
    const missing = Number(order?.seq) - Number(order?.events);
    // What failed without an answer may have been done: a task that is closed was held before.
    const isHeld = ({ session, key }: (typeof claims)[number]) => {
      const task = byKey.get(key);
      return task?.status === 'completed' || task?.claim_session_id === session;
    };
    return {
      claimedTwice: twice(claims.map(({ key }) => key)),
      lost: [
        ...notes.filter((text) => !kept.has(text)).map((text) => `note ${text}`),
        ...twice(bodies).map((text) => `written twice: ${text}`),
        ...creates
          .filter(({ key, title }) => byKey.get(key)?.title !== title)
          .map(({ key }) => `task ${key}`),
        ...closes
          .filter(({ key }) => byKey.get(key)?.status !== 'completed')
          .map(({ key }) => `close of ${key}`),
        ...claims.filter((claim) => !isHeld(claim)).map(({ key }) => `claim of ${key}`),
        ...(missing === 0 ? [] : [`${missing} events of the one order`]),
      ],
    };
  } finally {
    await store.close();
  }
}

function twice(values: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}
