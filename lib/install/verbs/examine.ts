import { type Env, hookLog } from '../../config/paths.ts';
import { type Context, resolveContext } from '../../config/resolve.ts';
import { snapshotIdOf } from '../../config/snapshot-id.ts';
import { readText } from '../../filesystem/read-file.ts';
import { DocketError } from '../../model/errors.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { ListId } from '../../state/snapshot.ts';
import type { Check } from '../check.ts';
import { checkAgents } from '../checks/agents.ts';
import { checkDatabase } from '../checks/database.ts';
import { checkGit } from '../checks/git.ts';
import { checkHooks } from '../checks/hooks.ts';
import { checkIgnoredSettings } from '../checks/ignored-settings.ts';
import { checkInstallation } from '../checks/installation.ts';
import { checkMode } from '../checks/mode.ts';
import { checkNotify } from '../checks/notify.ts';
import { checkQueued } from '../checks/queued.ts';
import { runTrials, type Trial } from '../checks/run-trial.ts';
import { checkSandbox } from '../checks/sandbox.ts';
import { checkStatusLine } from '../checks/status-line.ts';
import { checkTrackers } from '../checks/trackers.ts';
import { checkTrial } from '../checks/trial.ts';
import { askClaude } from '../parts/ask-claude.ts';
import { hasOwnHooks, readClaudeSettings } from '../parts/claude-settings.ts';
import { whyNoProject } from '../parts/unfit-folder.ts';

/** All findings of `docket doctor`, in the order in which they are to be mended. */
export interface Examination {
  readonly checks: readonly Check[];
  readonly trials: readonly Trial[];
}

export function isHealthy({ checks }: Examination): boolean {
  return checks.every(({ status }) => status !== 'fail');
}

interface ExamineOptions {
  readonly env: Env;
  readonly database: string | undefined;
  readonly now: number;
}

/** Checks everything that docket needs in a folder, and leaves no trace. */
export async function examine(folder: string, options: ExamineOptions): Promise<Examination> {
  const { env, now } = options;
  const installation = checkInstallation(env);
  const settings = readClaudeSettings(folder, { env, answer: await askClaude(folder, env) });
  const found = findContext(folder, options);
  if (found instanceof DocketError) {
    const { message, hint: next } = found;
    const checks = [...installation, { name: 'configuration', status: 'fail', message, next }];
    return { checks: checks as readonly Check[], trials: [] };
  }
  const { search } = found;
  const checks = [
    ...installation,
    ...checkIgnoredSettings(settings),
    ...checkHooks(folder, {
      env,
      settings,
      projectRoot: search.project?.root,
      checkout: search.checkout,
    }),
    ...checkStatusLine(settings),
    ...checkAgents(folder, env),
    checkList(found, env),
    ...checkMode(found),
    ...(search.project ? [await checkGit(search.project.root, true)] : []),
    ...(await checkDatabase(found, { env, now })),
    ...checkQueued(found, { env, now }),
    ...checkNotify(found, env),
    checkTrackers(settings),
    checkSandbox(settings, { database: found.database, env, folder }),
    ...checkHookLog(env, now),
  ];
  if (!settings.some(hasOwnHooks)) return { checks, trials: [] };
  const trials = await runTrials(folder, { env, settings, list: listOf(found) });
  return { checks: [...checks, ...trials.map(checkTrial)], trials };
}

function findContext(folder: string, { env, database }: ExamineOptions): Context | DocketError {
  try {
    return resolveContext(folder, env, { database });
  } catch (error) {
    if (error instanceof DocketError) return error;
    throw error;
  }
}

function listOf({ workspace, database }: Context): ListId | undefined {
  return workspace && snapshotIdOf({ workspace, database });
}

/** Checks which list is meant, and which other files might have been. */
function checkList({ search, workspace }: Context, env: Env): Check {
  const name = 'list';
  const [ignored] = search.ignored;
  const [shadowed] = search.shadowed;
  if (workspace === undefined) {
    const why = ignored === undefined ? '' : ` (${ignored.file} does not count: ${ignored.reason})`;
    const message = `docket was never initialised here${why}`;
    return { name, status: 'fail', message, next: 'docket init' };
  }
  const source = search.project?.file ?? 'your own default list, outside any repository';
  const message = `${workspace.slug}, from ${source}`;
  if (shadowed !== undefined) {
    const note = `${message}; the outermost counts, so ${shadowed} is not used`;
    const next = `To use the inner list: docket uninstall ${shellWord(search.project?.root ?? '')}`;
    return { name, status: 'warn', message: note, next };
  }
  const tooHigh = search.project && whyNoProject(search.project.root, env);
  if (search.project !== undefined && tooHigh !== undefined) {
    const note = `${message}; ${tooHigh}, so this list holds for everything below it`;
    const next = `If that is not wanted: docket uninstall ${shellWord(search.project.root)}`;
    return { name, status: 'warn', message: note, next };
  }
  return { name, status: 'ok', message };
}

const recent = 24 * 3_600_000;

/** Checks for failures inside hooks in the last day: hooks say nothing themselves. */
function checkHookLog(env: Env, now: number): readonly Check[] {
  const path = hookLog(env);
  const times = readLines(path).flatMap((line) => {
    const [, time] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) /.exec(line) ?? [];
    return time !== undefined && now - Date.parse(time) < recent ? [line] : [];
  });
  const last = times.at(-1);
  if (last === undefined) return [];
  const count = times.length === 1 ? '1 failure' : `${times.length} failures`;
  const message = `${count} in a day, the last: ${last}`;
  return [{ name: 'hook log', status: 'warn', message, next: `See ${path}; remove it when done` }];
}

/** A log is begun anew at a quarter of that. */
const mostLogBytes = 1024 * 1024;

function readLines(path: string): readonly string[] {
  try {
    return readText(path, mostLogBytes)?.split('\n') ?? [];
  } catch {
    return [];
  }
}
