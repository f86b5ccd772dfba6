import { statSync } from 'node:fs';
import { databaseUrl, parseDatabase } from '../lib/config/database.ts';
import { type Env, stateFolder } from '../lib/config/paths.ts';
import { type Context, planConnection, resolveContext } from '../lib/config/resolve.ts';
import { DocketError } from '../lib/model/errors.ts';
import { createProcessProbe } from '../lib/state/process-probe.ts';
import { readSession } from '../lib/state/session-state.ts';
import { hasWorkspace } from '../lib/tracker/database/find-workspace.ts';
import { openStore } from '../lib/tracker/database/open.ts';
import type { Scope } from '../lib/tracker/scope.ts';
import type { CommandIo } from './command.ts';
import { refuseIfSeenBefore, requireFile } from './lost-list.ts';
import { showLife } from './show-life.ts';
import { findWorker } from './worker.ts';

/** An open list, and why it is this one. */
export interface OpenScope {
  readonly scope: Scope;
  readonly context: ListContext;
}

/** A context that has a list. */
export type ListContext = Context & { readonly workspace: NonNullable<Context['workspace']> };

/** What of a command's input says which list it means. */
export interface ScopeInput {
  readonly flags: { readonly database?: string | undefined };
  readonly io: CommandIo;
}

/**
 * Runs a verb on the list that the command means, and closes the database whatever happens.
 *
 * @throws DocketError `not_initialised`, `not_trusted`, `invalid_config`, `unreachable` ...
 */
export async function withScope<T>(
  input: ScopeInput,
  work: (open: OpenScope) => Promise<T>,
): Promise<T> {
  const { env } = input.io;
  const context = findListContext(input);
  const { workspace } = context;
  const worker = findWorker(env);
  const connection = planConnection(context, env);
  requireFile(context, connection, env);
  const store = await openStore(connection);
  try {
    if (!(await hasWorkspace(store, workspace.id))) {
      refuseIfSeenBefore(context, env);
      // A teammate's clone, whose own database does not know the list yet.
      const { ensureWorkspace } = await import('../lib/tracker/database/join-workspace.ts');
      await ensureWorkspace(store, workspace, worker.actor);
    }
    const scope = { store, workspaceId: workspace.id, worker, probe: createProcessProbe() };
    const open = { scope, context };
    const result = await work(open);
    await showLife(open, env);
    return result;
  } finally {
    await store.close();
  }
}

/** Which configuration the command means. Reads files only. */
export function findContext({ flags, io }: ScopeInput): Context {
  const folder = sessionFolder(io.env) ?? io.cwd;
  return resolveContext(folder, io.env, { database: fromHere(flags.database, io) });
}

/** The same, where there is a list. @throws DocketError `not_initialised` */
export function findListContext(input: ScopeInput): ListContext {
  const context = findContext(input);
  const { workspace } = context;
  if (workspace !== undefined) return { ...context, workspace };
  throw new DocketError('not_initialised', `docket is not set up in ${context.folder}`, {
    hint: 'docket init',
  });
}

/** The folder that the session started in: a `cd` of its does not change the list. */
function sessionFolder(env: Env): string | undefined {
  const session = env.CLAUDE_CODE_SESSION_ID;
  if (!session) return undefined;
  const { folder } = readSession(stateFolder(env), session);
  const isThere =
    folder !== undefined && statSync(folder, { throwIfNoEntry: false })?.isDirectory();
  return isThere ? folder : undefined;
}

/** A path on the command line is meant from where the command runs. */
function fromHere(url: string | undefined, { cwd, env }: CommandIo): string | undefined {
  return url?.startsWith('sqlite:') ? databaseUrl(parseDatabase(url, cwd, env)) : url;
}
