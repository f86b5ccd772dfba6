import { randomUUID } from 'node:crypto';
import type { Connection } from '../../../lib/model/connection.ts';
import { DocketError } from '../../../lib/model/errors.ts';
import type { Db, Store } from '../../../lib/store/contract.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { claimNext } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';

/** A write that was acknowledged to its session. */
export interface Acknowledged {
  readonly verb: 'create' | 'claim' | 'note' | 'close';
  readonly key: string;
  readonly session: string;
  /** The id of a note. */
  readonly note?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Load {
  readonly acknowledged: readonly Acknowledged[];
  /** What was said to be unsure, as its connection was lost during COMMIT. */
  readonly unsure: readonly string[];
  /** What was said to have failed. */
  readonly failed: readonly string[];
}

/**
 * Lets sessions work on one list, each over a connection of its own, until it is stopped: they
 * create, claim, note and close, and open the database again when it was lost.
 */
export function startLoad(connection: Connection, workspaceId: string, sessions: number) {
  const acknowledged: Acknowledged[] = [];
  const unsure: string[] = [];
  const failed: string[] = [];
  let isStopped = false;

  async function work(session: string): Promise<void> {
    let store: Store | undefined;
    const attempt = async (cycle: (scope: Scope) => Promise<void>): Promise<void> => {
      try {
        store ??= await openStore(connection);
        const worker = { session, agent: 'main', actor: 'alice@one' };
        await cycle({ store, workspaceId, worker, probe: { scope: null, isAlive: () => false } });
      } catch (error) {
        const { message } = error as Error;
        (message.includes('may or may not be there') ? unsure : failed).push(message);
        await store?.close();
        store = undefined;
        // One that is told that nothing is there asks again, and not as often as it can.
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    while (!isStopped) {
      await attempt(async (scope) => {
        const note = (verb: Acknowledged['verb'], key: string, id?: string): void => {
          const at = Date.now();
          acknowledged.push({ verb, key, session, at, ...(id === undefined ? {} : { note: id }) });
        };
        const made = await createTask(scope, { title: `Made by ${session}, ${randomUUID()}` });
        note('create', made.task.key);
        const { task } = await claimNext(scope).catch(ifNothingIsReady);
        if (task === undefined) return;
        note('claim', task.key);
        const written = await addNote(scope, task.key, randomUUID());
        note('note', task.key, written.note.id);
        await closeTask(scope, task.key, { outcome: 'Done' });
        note('close', task.key);
      });
    }
    await store?.close();
  }

  const all = Array.from({ length: sessions }, (_, index) => work(`session-${index}`));
  return {
    acknowledged: acknowledged as readonly Acknowledged[],
    async stop(): Promise<Load> {
      isStopped = true;
      await Promise.all(all);
      return { acknowledged, unsure, failed };
    },
  };
}

function ifNothingIsReady(error: unknown): { readonly task: undefined } {
  if (error instanceof DocketError && error.code === 'nothing_ready') return { task: undefined };
  throw error;
}

/** Says of which acknowledged writes a database knows nothing. */
export async function findLost(
  db: Db,
  workspaceId: string,
  { acknowledged }: Load,
): Promise<readonly Acknowledged[]> {
  const events = await db.query(
    `SELECT t.task_key AS task, e.verb AS verb, e.session_id AS session
      FROM task_events e JOIN tasks t ON t.id = e.task_id WHERE e.workspace_id = ?`,
    [workspaceId],
  );
  const notes = await db.query(
    'SELECT n.id AS id FROM task_notes n JOIN tasks t ON t.id = n.task_id WHERE t.workspace_id = ?',
    [workspaceId],
  );
  const known = new Set(events.map(({ verb, task, session }) => `${verb} ${task} ${session}`));
  const noted = new Set(notes.map(({ id }) => id));
  const past = { create: 'created', claim: 'claimed', close: 'completed' } as const;
  return acknowledged.filter(({ verb, key, session, note }) =>
    verb === 'note' ? !noted.has(note ?? '') : !known.has(`${past[verb]} ${key} ${session}`),
  );
}

/** The titles and notes, each of which one session gave once, that are there more than once. */
export async function findMadeTwice(db: Db, workspaceId: string): Promise<readonly unknown[]> {
  const among = async (text: string, table: string): Promise<readonly unknown[]> => {
    const rows = await db.query(
      `SELECT ${text} AS made FROM ${table} GROUP BY ${text} HAVING COUNT(*) > 1`,
      [workspaceId],
    );
    return rows.map(({ made }) => made);
  };
  const notes = 'task_notes n JOIN tasks t ON t.id = n.task_id WHERE t.workspace_id = ?';
  return [
    ...(await among('t.title', 'tasks t WHERE t.workspace_id = ?')),
    ...(await among('n.body', notes)),
  ];
}

/** The tasks that more than one session was told to be its own. */
export function findDoubleClaims({ acknowledged }: Load): readonly string[] {
  const holders = new Map<string, string>();
  return acknowledged
    .filter(({ verb }) => verb === 'claim')
    .filter(({ key, session }) => {
      const first = holders.get(key) ?? session;
      holders.set(key, first);
      return first !== session;
    })
    .map(({ key }) => key);
}

/** Milliseconds of the longest time in which a session had nothing acknowledged. */
export function longestPause({ acknowledged }: Load): number {
  const last = new Map<string, number>();
  const pauses = acknowledged.map(({ session, at }) => {
    const pause = at - (last.get(session) ?? at);
    last.set(session, at);
    return pause;
  });
  return Math.max(0, ...pauses);
}
