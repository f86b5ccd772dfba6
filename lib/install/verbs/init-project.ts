import { join } from 'node:path';
import { databaseUrl } from '../../config/database.ts';
import { projectFile } from '../../config/find-project.ts';
import { type Env, stateFolder } from '../../config/paths.ts';
import { type Context, planConnection, resolveContext } from '../../config/resolve.ts';
import { approve, isInsideClaudeCode } from '../../config/trust.ts';
import { DocketError } from '../../model/errors.ts';
import { shellWord } from '../../model/shell-word.ts';
import { rememberProject } from '../../state/known-project.ts';
import type { WorkspaceName } from '../../tracker/database/join-workspace.ts';
import type { Check } from '../check.ts';
import { checkBelow } from '../checks/below.ts';
import { foreignList } from '../checks/foreign-list.ts';
import { checkGit } from '../checks/git.ts';
import { checkIgnoredSettings } from '../checks/ignored-settings.ts';
import { checkLeftBehind } from '../checks/left-behind.ts';
import { checkMode } from '../checks/mode.ts';
import { checkSandbox } from '../checks/sandbox.ts';
import { checkTrackers } from '../checks/trackers.ts';
import { launcherText, projectTemplate } from '../embedded.gen.ts';
import {
  applyChange,
  applyFirst,
  type FileChange,
  isChange,
  readText,
} from '../files/file-change.ts';
import { launcherFile } from '../own-files.ts';
import { planAgents, projectAgents } from '../parts/agents.ts';
import { askClaude } from '../parts/ask-claude.ts';
import { planClaudeMd } from '../parts/claude-md.ts';
import { projectSettingsFile, readClaudeSettings } from '../parts/claude-settings.ts';
import { planAttributes } from '../parts/git-attributes.ts';
import { type ModeKeys, type ModeOptions, planMode } from '../parts/mode-options.ts';
import { isNested, nestedWarning, refuseNested } from '../parts/nested-folder.ts';
import { committedUrl, renderProjectConfig } from '../parts/project-config.ts';
import { refuseLinks } from '../parts/refuse-links.ts';
import { readRepository } from '../parts/repository.ts';
import { planSettings } from '../parts/settings-change.ts';
import { refuseUnfit } from '../parts/unfit-folder.ts';
import { findWorkspace, foreseeWorkspace } from './find-workspace.ts';

export interface InitOptions {
  readonly env: Env;
  /** A URL that the person gave, with a path made absolute. */
  readonly database: string | undefined;
  readonly claudeMd: boolean;
  /** Installs docket's agents as well. */
  readonly agents: boolean;
  /** The people or the project that the tasks are for. */
  readonly mode?: ModeOptions;
  readonly dryRun: boolean;
  /** Sets a folder up that is in no git repository, or as root one of somebody else. */
  readonly anyway: boolean;
  readonly createdBy: string;
}

export interface InitResult {
  readonly workspace: WorkspaceName;
  /** `new`: made now; `joined`: another clone made it; `known`: the folder's file names it. */
  readonly membership: 'new' | 'joined' | 'known';
  readonly database: string;
  /** Whether the database had no tables of docket's, and has them now. */
  readonly madeTables: boolean;
  /** The files that were written, or would be. */
  readonly changes: readonly FileChange[];
  readonly warnings: readonly Check[];
}

/**
 * Sets a project up. Everything that can be refused is refused before the first write: broken
 * settings, a database that is not approved, does not answer or needs a migration.
 *
 * @throws DocketError
 */
export async function initProject(folder: string, options: InitOptions): Promise<InitResult> {
  const { env, database, dryRun } = options;
  refuseLinks(folder, options);
  const context = resolveContext(folder, env, { database });
  refuseForeign(folder, context, options);
  refuseUnfit(folder, context, options);
  const mode = planMode(context, options.mode ?? {});
  if (Object.keys(mode).length > 0) refuseNested(folder, context);
  const connection = planConnection(context, env);
  const settings = planSettings(env, projectSettingsFile(folder), projectTemplate);
  const agents = options.agents ? planAgents(projectAgents(folder)) : undefined;
  const repository = await readRepository(context.search.project?.root ?? folder);
  const leftBehind = database === undefined ? [] : await checkLeftBehind(folder, context, env);
  const {
    workspace,
    membership,
    owner,
    madeTables,
    notices = [],
  } = dryRun
    ? await foreseeWorkspace(context, connection, repository)
    : await findWorkspace(context, connection, { repository, options, mode });
  if (!dryRun && database !== undefined) approve(env, context.database);
  const config = isNested(folder, context)
    ? undefined
    : planConfig(folder, context, { workspace, options, mode });
  const isFirst = !dryRun && config !== undefined && context.search.project === undefined;
  // Of two at once, the second joins: by docket.json, as not every folder has a git history to go by.
  if (isFirst && !applyFirst(config)) return initProject(folder, options);
  const changes = [
    settings.settings,
    ...(config === undefined ? [] : [config]),
    planLauncher(folder),
    planAttributes(folder),
    ...(options.claudeMd ? [planClaudeMd(folder)] : []),
    ...(agents?.changes ?? []),
  ].filter(isChange);
  if (!dryRun) {
    const due = [...changes, settings.record].filter((change) => !isFirst || change !== config);
    for (const change of due.filter(isChange)) applyChange(change);
    rememberProject(stateFolder(env), folder);
  }
  return {
    workspace,
    membership,
    database: databaseUrl(context.database),
    madeTables: madeTables ?? false,
    changes,
    warnings: [
      ...(agents?.warnings ?? []),
      ...leftBehind,
      ...notices,
      ...(owner === undefined ? [] : [foreignList(workspace, owner, context)]),
      ...checkMode(context, mode).filter(({ status }) => status !== 'ok'),
      ...(await warn(folder, context, options)),
    ],
  };
}

function refuseForeign(folder: string, context: Context, { env, database }: InitOptions): void {
  const { project, ignored } = context.search;
  if (database !== undefined && isInsideClaudeCode(env)) {
    throw new DocketError('not_trusted', 'a database cannot be approved from inside Claude Code', {
      hint: `Run in a terminal of your own: docket init --database ${shellWord(databaseUrl(context.database))}`,
    });
  }
  const own = ignored.find(({ file }) => file === join(folder, projectFile));
  if (own !== undefined) {
    throw new DocketError('invalid_config', `${own.file} does not count: ${own.reason}`, {
      hint: 'Remove it, or have its owner share the folder with a group of yours (setgid)',
    });
  }
  if (database !== undefined && project !== undefined && isNested(folder, context)) {
    throw new DocketError('usage', `the list of ${project.root} counts here, with its database`, {
      hint: `docket init ${shellWord(project.root)} --database ${shellWord(databaseUrl(context.database))}`,
    });
  }
}

function planConfig(
  folder: string,
  context: Context,
  { workspace, options, mode }: { workspace: WorkspaceName; options: InitOptions; mode: ModeKeys },
): FileChange {
  const path = join(folder, projectFile);
  const before = readText(path);
  const database =
    options.database === undefined ? undefined : committedUrl(context.database, folder);
  return { path, before, after: renderProjectConfig(before, { workspace, database, mode }) };
}

function planLauncher(folder: string): FileChange {
  const path = launcherFile(folder);
  return { path, before: readText(path), after: launcherText, executable: true };
}

async function warn(
  folder: string,
  context: Context,
  { env, dryRun }: InitOptions,
): Promise<readonly Check[]> {
  const settings = readClaudeSettings(folder, { env, answer: await askClaude(folder, env) });
  const nested = isNested(folder, context);
  const checks = [
    ...checkIgnoredSettings(settings),
    ...(nested ? [nestedWarning(context)] : []),
    ...(dryRun ? [] : [await checkGit(folder, !nested)]),
    checkBelow(folder),
    checkTrackers(settings),
    checkSandbox(settings, { database: context.database, env, folder }),
  ];
  return checks.filter(({ status }) => status !== 'ok');
}
