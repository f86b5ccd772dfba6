import type { Env } from '../config/paths.ts';
import { createProjectPath } from '../config/project-path.ts';
import { mainAgent } from '../model/worker.ts';
import { renderSharedFiles } from '../render/prompt/shared-files.ts';
import { keepToldFiles, readToldFiles, takeEdits } from '../state/edits.ts';
import { nameHash } from '../state/state-file.ts';
import { findSharedFiles, recordEdits } from '../tracker/runs/touched-files.ts';
import type { Scope } from '../tracker/scope.ts';
import { agentName } from './agent-name.ts';
import { parseEditLine } from './edit-line.ts';
import { givenTaskOf } from './given-task.ts';
import type { HookContext } from './hook-context.ts';

// A bundle of its own: most heartbeats and commands find no edit that was noted.

/** The session whose edits were noted, and its project. */
export type EditingSession = Pick<HookContext, 'sessionId' | 'stateFolder' | 'context'>;

/**
 * Writes the edits of a session that the launcher noted, each for the task that it was made for.
 * Callers do this before a claim changes. When it fails they stay noted.
 *
 * @param scope the session's own.
 * @throws DocketError `unreachable` ...
 */
export async function flushEdits(session: EditingSession, scope: Scope, env: Env): Promise<void> {
  const { sessionId, stateFolder, context } = session;
  const taken = takeEdits(stateFolder, sessionId);
  if (taken === undefined) return;
  const nameFile = createProjectPath(context, env);
  const edits = taken.lines.flatMap((line) => {
    const noted = parseEditLine(line);
    if (noted === undefined) return [];
    const path = nameFile(noted.path);
    if (path === undefined) return [];
    const task = env.DOCKET_RUN ? env.DOCKET_TASK : givenTaskOf(session, noted)?.key;
    return [{ path, isNew: noted.isNew, agent: agentName(noted) ?? mainAgent, task }];
  });
  if (edits.length > 0) {
    await recordEdits(scope, edits);
    keepToldFiles(stateFolder, sessionId, readToldFiles(stateFolder, sessionId));
  }
  taken.settle();
}

/**
 * Tells a session, once of each, which other live sessions edit the same files.
 *
 * @returns undefined when there is nothing new.
 */
export async function tellSharedFiles(
  { sessionId, stateFolder }: EditingSession,
  scope: Scope,
): Promise<string | undefined> {
  const told = readToldFiles(stateFolder, sessionId);
  const nameOf = ({ path, session }: { path: string; session: string }) =>
    nameHash(`${session} ${path}`);
  const shared = await findSharedFiles(scope);
  const fresh = shared.filter((file) => !told.includes(nameOf(file)));
  if (fresh.length === 0) return undefined;
  const isKept = keepToldFiles(stateFolder, sessionId, [...told, ...fresh.map(nameOf)]);
  return isKept ? renderSharedFiles(fresh) : undefined;
}
