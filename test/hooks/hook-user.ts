import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import './loaded.ts';
import { parseDatabase } from '../../lib/config/database.ts';
import type { Env } from '../../lib/config/paths.ts';
import { planConnection, resolveContext } from '../../lib/config/resolve.ts';
import { approve } from '../../lib/config/trust.ts';
import { ensureWorkspace } from '../../lib/tracker/database/join-workspace.ts';
import { openStore } from '../../lib/tracker/database/open.ts';
import type { Scope } from '../../lib/tracker/scope.ts';
import { type HookRun, type HookSaid, readSaid, runHook } from './hook-process.ts';

export const workspace = { id: '01890000-0000-7000-8000-000000000001', slug: 'web' };

export interface HookUserOptions {
  /** Named by the project, and approved. Without it, the person's own file. */
  readonly database?: string;
  readonly env?: Env;
  readonly approves?: boolean;
  /** File modes hold for the hooks, although the tests may run as root. */
  readonly obeysModes?: boolean;
}

type Input = Readonly<Record<string, unknown>>;

/** Somebody with a home and a project, in which Claude Code's hooks run. */
export interface HookUser {
  readonly home: string;
  readonly project: string;
  readonly env: Env;
  /** The person's own SQLite file. */
  readonly database: string;
  /** Runs a hook with what Claude Code would write for a session. */
  run(name: string, input?: Input, env?: Env): Promise<HookRun>;
  /** The same, with what it said. */
  say(name: string, input?: Input, env?: Env): Promise<HookSaid>;
  prompt(session?: string, env?: Env): Promise<HookSaid>;
  /** Does something to the list as another session would. */
  work<T>(work: (scope: Scope) => Promise<T>, session?: string): Promise<T>;
  /** Files that docket keeps for the person, by their path below the state folder. */
  state(): readonly string[];
  /** What a state file of a kind says: `breakers`, `snapshots`, `sessions`. */
  readState(kind: string): unknown;
  /** Lets the pause of the breaker last for a minute, however slow the machine is. */
  holdPause(): void;
  log(): string;
}

export function createHookUser(options: HookUserOptions = {}): HookUser {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'docket-person-')));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 10 }));
  const project = join(home, 'web');
  mkdirSync(join(project, '.claude'), { recursive: true });
  mkdirSync(join(project, '.git'));
  const { database } = options;
  writeFileSync(
    join(project, '.claude/docket.json'),
    JSON.stringify({ workspace, ...(database === undefined ? {} : { database }) }),
  );
  const env: Env = {
    PATH: process.env.PATH,
    HOME: home,
    CLAUDE_PROJECT_DIR: project,
    CLAUDECODE: '1',
    CLAUDE_PID: String(process.pid),
    DOCKET_ACTOR: 'alice@one',
    ...options.env,
  };
  if (database !== undefined && options.approves !== false) {
    approve(env, parseDatabase(database, project));
  }
  const state = join(home, '.local/state/docket');

  const person: HookUser = {
    home,
    project,
    env,
    database: join(home, '.local/share/docket/docket.db'),
    run: (name, input = {}, more = {}) =>
      runHook(name, JSON.stringify({ session_id: 'session-a', cwd: project, ...input }), {
        env: { ...env, ...more },
        cwd: project,
        obeysModes: options.obeysModes ?? false,
      }),
    say: async (name, input, more) => readSaid(await person.run(name, input, more)),
    prompt: (session = 'session-a', more = {}) =>
      person.say('user-prompt-submit', { session_id: session, prompt: 'hello' }, more),
    work: async (work, session = 'session-b') => {
      const store = await openStore(planConnection(resolveContext(project, env), env));
      try {
        await ensureWorkspace(store, workspace, 'bob@two');
        const worker = { session, agent: 'main', actor: 'bob@two' };
        const probe = { scope: null, isAlive: () => false };
        return await work({ store, workspaceId: workspace.id, worker, probe });
      } finally {
        await store.close();
      }
    },
    state: () => (existsSync(state) ? filesBelow(state) : []),
    readState: (kind) => {
      const file = stateOf(kind);
      return file === undefined ? undefined : JSON.parse(readFileSync(file, 'utf8'));
    },
    holdPause: () => {
      const file = stateOf('breakers');
      if (file === undefined) throw new Error('there is no breaker');
      const breaker = JSON.parse(readFileSync(file, 'utf8'));
      writeFileSync(file, JSON.stringify({ ...breaker, until: Date.now() + 59_000 }));
    },
    log: () => {
      try {
        return readFileSync(join(state, 'hook.log'), 'utf8');
      } catch {
        return '';
      }
    },
  };
  return person;

  function stateOf(kind: string): string | undefined {
    const file = person.state().find((name) => name.startsWith(`${kind}/`));
    return file === undefined ? undefined : join(state, file);
  }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
