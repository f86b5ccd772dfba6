import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { keepSessionAlive } from '../../lib/briefing/heartbeat.ts';
import { findHookContext } from '../../lib/briefing/hook-context.ts';
import { briefPrompt } from '../../lib/briefing/prompt-briefing.ts';
import { type Env, stateFolder } from '../../lib/config/paths.ts';
import type { Connection } from '../../lib/model/connection.ts';
import { heartbeatFile } from '../../lib/state/heartbeat.ts';
import { writeSession } from '../../lib/state/session-state.ts';
import { openStoreOf } from '../../lib/tracker/database/open.ts';
import type { Scope } from '../../lib/tracker/scope.ts';
import { claimNext } from '../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../lib/tracker/tasks/close.ts';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { addNote } from '../../lib/tracker/tasks/note.ts';

/** What a simulated session needs to know. */
export interface Place {
  readonly connection: Connection;
  readonly workspaceId: string;
  readonly project: string;
  readonly env: Env & { readonly HOME: string };
}

/** So many sessions share a machine, and with it the snapshot of the list and the breaker. */
const sessionsOfMachine = 5;

/** One session of a fleet, on a machine of its own or with a few others. */
export interface FleetSession {
  readonly id: string;
  /** Reads what a prompt is told. @returns whether the list was fresh */
  prompt(): Promise<boolean>;
  heartbeat(): Promise<void>;
  /** Claims the next task. @returns its key */
  claim(): Promise<string>;
  note(key: string, text: string): Promise<void>;
  close(key: string): Promise<void>;
  /** @returns the new task's key */
  create(title: string): Promise<string>;
}

/**
 * Makes a session that does what the hooks and the commands of a real one do, by the same functions
 * and over a new connection each time; only that no process is started for it.
 */
export function makeSession({ connection, workspaceId, project, env }: Place, number: number) {
  const id = `fleet-${number}`;
  const machine = Math.floor(number / sessionsOfMachine);
  const own: Env = {
    ...env,
    XDG_STATE_HOME: join(env.HOME, 'machines', String(machine)),
    CLAUDE_PROJECT_DIR: project,
  };
  const state = stateFolder(own);
  const actor = `person-${machine}@host-${machine}`;
  writeSession(state, id, { folder: project, actor });
  const hook = () => {
    const found = findHookContext({ session_id: id, cwd: project }, own);
    if (found === undefined) throw new Error('docket is not set up there');
    return found;
  };

  async function verb<T>(work: (scope: Scope) => Promise<T>): Promise<T> {
    const { store } = await openStoreOf(connection, workspaceId);
    try {
      return await work({
        store,
        workspaceId,
        worker: { session: id, agent: 'main', actor },
        probe: { scope: null, isAlive: () => false },
      });
    } finally {
      await store.close();
    }
  }

  const session: FleetSession = {
    id,
    prompt: async () => {
      const answer = await briefPrompt(hook(), { env: own, now: Date.now() });
      const told = `${answer?.context ?? ''} ${answer?.systemMessage ?? ''}`;
      return !/database is away|database cannot be used/.test(told);
    },
    heartbeat: async () => {
      heartbeatFile(state, id).unmark();
      await keepSessionAlive(hook(), own, Date.now());
    },
    claim: () => verb(async (scope) => (await claimNext(scope)).task.key),
    note: (key, text) =>
      verb(async (scope) => {
        await addNote(scope, key, text);
      }),
    close: (key) =>
      verb(async (scope) => {
        await closeTask(scope, key, { outcome: `Done by ${id}, as the tests say` });
      }),
    create: (title) =>
      verb(
        async (scope) => (await createTask(scope, { title, description: randomUUID() })).task.key,
      ),
  };
  return session;
}
