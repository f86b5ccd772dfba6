import { randomUUID } from 'node:crypto';
import { sinceOf, tellList } from '../../lib/briefing/tell-list.ts';
import type { Known } from '../../lib/model/prompt/known.ts';
import { renderPromptBlock } from '../../lib/render/prompt/block.ts';
import type { Store } from '../../lib/store/contract.ts';
import { readPromptRows } from '../../lib/store/queries/prompt-list.ts';
import { ensureWorkspace } from '../../lib/tracker/database/join-workspace.ts';
import { endSession, startSession } from '../../lib/tracker/runs/sessions.ts';
import type { Scope } from '../../lib/tracker/scope.ts';
import { createPlan } from '../../lib/tracker/tasks/create-plan.ts';
import { updateTask } from '../../lib/tracker/tasks/update.ts';
import { perform } from '../tracker/races/operation.ts';
import type { ListOperation } from '../tracker/reference/reference-list.ts';
import type { ReadList, ReadTask } from './reading-model.ts';

const probe = { scope: null, isAlive: () => false };

export type WorkerName = 'alice' | 'helper' | 'bob' | 'carol';

/** A task as the database has it. */
interface StoredTask {
  readonly task_key: string;
  readonly title: string;
  readonly priority: number;
  readonly status: string;
  readonly queue: string;
  readonly subtask_count: number;
  readonly blocked_reason: string | null;
  readonly claim_session_id: string | null;
  readonly claim_agent_id: string | null;
  readonly note: string | null;
}

/** A list that several sessions change, and one of them, Alice's, is told of. */
export interface WatchedList {
  readonly keys: readonly string[];
  /** Does something as a worker would; what Alice's session does, `reader` knows. */
  does(name: WorkerName, operation: ListOperation | Update): Promise<void>;
  /** Ends the session of somebody, or begins it again. */
  changeSession(name: 'bob' | 'carol', isEnded: boolean): Promise<void>;
  /** What Alice's next prompt says, and the whole list of the same moment. */
  prompt(): Promise<{ readonly told: string | undefined; readonly whole: string }>;
  /** The whole list again, as after a compaction. */
  begin(): Promise<string>;
  /** The keys of the tasks in progress. */
  held(): Promise<readonly string[]>;
  stored(key: string): Promise<StoredTask | undefined>;
}

export interface Update {
  readonly verb: 'update';
  readonly key: string;
  readonly title: string;
  readonly priority: 0 | 1 | 2 | 3 | 4;
}

export async function watchedList(store: Store, reader: ReadList): Promise<WatchedList> {
  const workspaceId = randomUUID();
  const { db } = store;
  await ensureWorkspace(
    store,
    { id: workspaceId, slug: `w${workspaceId.slice(0, 8)}` },
    'alice@one',
  );
  const sessionOf = (name: WorkerName) => `${name === 'helper' ? 'alice' : name}-${workspaceId}`;
  const scopeOf = (name: WorkerName): Scope => ({
    ...{ store, workspaceId, probe },
    worker: {
      session: sessionOf(name),
      agent: name === 'helper' ? name : 'main',
      actor: name === 'alice' || name === 'helper' ? 'alice@one' : `${name}@two`,
    },
  });
  const who = { actor: 'alice@one', session: sessionOf('alice'), probe };
  const keys: string[] = [];
  let known: Known | undefined;

  async function stored(key: string): Promise<StoredTask | undefined> {
    const [row] = await db.query(
      `SELECT t.*, (SELECT n.body FROM task_notes n WHERE n.task_id = t.id
         ORDER BY n.created_at DESC, n.id DESC LIMIT 1) AS note FROM tasks t WHERE task_key = ?`,
      [key],
    );
    return row as StoredTask | undefined;
  }

  const eventsAfter = (seq: number) =>
    db.query(
      `SELECT e.verb, (SELECT task_key FROM tasks t WHERE t.id = e.task_id) AS task_key
       FROM task_events e WHERE workspace_id = ? AND seq > ? ORDER BY seq`,
      [workspaceId, seq],
    );

  /** What a command of Alice's session tells it of the tasks that it changed. */
  async function learn(seq: number): Promise<void> {
    for (const { verb, task_key } of await eventsAfter(seq)) {
      const key = String(task_key);
      const task = await stored(key);
      if (task !== undefined) learnOne(reader.tasks, String(verb), task);
      for (let at = key.lastIndexOf('.'); at > 0; at = key.lastIndexOf('.', at - 1)) {
        const parent = key.slice(0, at);
        reader.tasks.delete(parent);
        reader.plans.set(parent, await progressOf(parent));
      }
    }
  }

  async function progressOf(key: string): Promise<string> {
    const steps = await db.query(
      `SELECT status FROM tasks WHERE task_key LIKE ? AND subtask_count = 0
         AND status <> 'cancelled'`,
      [`${key}.%`],
    );
    const done = steps.filter(({ status }) => status === 'completed').length;
    return `${done} of ${steps.length}`;
  }

  async function lastSeq(): Promise<number> {
    const [row] = await db.query('SELECT seq FROM workspaces WHERE id = ?', [workspaceId]);
    return Number(row?.seq);
  }

  async function tell(from: Known | undefined) {
    const since = from === undefined ? undefined : sinceOf(from);
    const reading = await readPromptRows(db, workspaceId, who.session, since);
    if (reading === undefined) throw new Error('there is no list');
    const isOwn = ({ session }: { readonly session: string }) => session === who.session;
    const told = tellList(reading, { known: from, reader: who, isOwn });
    // As it is kept from prompt to prompt.
    known = JSON.parse(JSON.stringify(told.known)) as Known;
    return { told: told.text, whole: renderPromptBlock(reading.list, who) };
  }

  return {
    keys,
    stored,
    held: async () => {
      const rows = await db.query(
        "SELECT task_key FROM tasks WHERE workspace_id = ? AND queue = 'in_progress'",
        [workspaceId],
      );
      // Keys are drawn by chance: they give no order that holds in each run.
      return keys.filter((key) => rows.some((row) => row.task_key === key));
    },
    async does(name, operation) {
      const scope = scopeOf(name);
      const seq = await lastSeq();
      if (operation.verb === 'update') {
        const { key, title, priority } = operation;
        await updateTask(scope, key, { patch: { title, priority } }).catch(() => undefined);
      } else if (operation.verb === 'plan' && keys.length % 2 === 0) {
        const subtasks = operation.titles.map((title) => ({ title }));
        await createPlan(scope, { title: 'Plan', subtasks });
      } else {
        await perform(scope, operation);
      }
      for (const { verb, task_key } of await eventsAfter(seq)) {
        if (verb === 'created') keys.push(String(task_key));
      }
      if (name === 'alice' || name === 'helper') await learn(seq);
    },
    async changeSession(name, isEnded) {
      const { worker } = scopeOf(name);
      const process = { processScope: null, processId: null, processStart: null, cwd: null };
      const session = { id: worker.session, workspaceId, actor: worker.actor, host: 'two' };
      await startSession(store, { ...session, ...process });
      if (isEnded) await endSession(store, worker.session, 'other');
    },
    prompt: () => tell(known),
    begin: async () => (await tell(undefined)).whole,
  };
}

const takes = ['claimed', 'stolen', 'claim_moved'];

/** What the answer of a command says of a task; a claim hands its notes over. */
function learnOne(tasks: ReadList['tasks'], verb: string, task: StoredTask): void {
  const { task_key: key, title, priority } = task;
  const before = tasks.get(key);
  if (verb === 'noted') {
    if (before?.part === 'claimed') before.detail = task.note ?? undefined;
    return;
  }
  if (verb === 'updated') {
    if (before !== undefined) Object.assign(before, { title, priority });
    return;
  }
  const part = partOf(task);
  // Whose a task is that gets a link, or loses one, is not told.
  if (verb.endsWith('linked') && part === 'claimed') return;
  if (part === undefined) tasks.delete(key);
  else if (part === 'claimed') {
    const { claim_agent_id: agent } = task;
    const noted = before?.part === 'claimed' ? before.detail : undefined;
    const detail = takes.includes(verb) ? (task.note ?? undefined) : noted;
    tasks.set(key, {
      part,
      title,
      priority,
      detail,
      who: agent === 'main' ? 'you' : `you, agent ${agent}`,
    });
  } else {
    tasks.set(key, { part, title, priority, detail: task.blocked_reason ?? undefined });
  }
}

/** The part of the whole list that a task belongs to, but for whether its holder has gone. */
export function partOf({ queue }: StoredTask): Exclude<ReadTask['part'], 'abandoned'> | undefined {
  if (queue === 'in_progress') return 'claimed';
  return queue === 'blocked' || queue === 'ready' ? queue : undefined;
}
