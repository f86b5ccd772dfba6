import { existsSync } from 'node:fs';
import { databaseUrl, parseDatabase } from '../../config/database.ts';
import { parseUserConfig } from '../../config/parse-config.ts';
import { type Env, homeOf, userSettingsFile } from '../../config/paths.ts';
import { readJson } from '../../config/read-json.ts';
import { userFile } from '../../config/resolve.ts';
import { approve, isInsideClaudeCode } from '../../config/trust.ts';
import { DocketError } from '../../model/errors.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Check } from '../check.ts';
import { checkIgnoredSettings } from '../checks/ignored-settings.ts';
import { applyChange, type FileChange, isChange, readText } from '../files/file-change.ts';
import { installationOf } from '../installation.ts';
import { planAgents, planAgentsRemoval, userAgents } from '../parts/agents.ts';
import { askClaude } from '../parts/ask-claude.ts';
import { readClaudeSettings } from '../parts/claude-settings.ts';
import { planSettings, planSettingsRemoval } from '../parts/settings-change.ts';
import { userTemplate } from '../parts/user-template.ts';

export interface UninstallUserResult {
  readonly changes: readonly FileChange[];
  /** Agents of docket's names that somebody wrote or changed. */
  readonly keptAgents: readonly string[];
  /** The settings file whose status line has docket's in it and was changed by the person. */
  readonly keptStatusLine: string | null;
}

interface InitUserOptions {
  readonly env: Env;
  readonly database: string | undefined;
  readonly agents: boolean;
  /** Sets docket's status line, with `wrap` after one of the person's own. */
  readonly statusLine: { readonly wrap: boolean } | undefined;
  readonly dryRun: boolean;
}

export interface InitUserResult {
  readonly changes: readonly FileChange[];
  readonly warnings: readonly Check[];
}

/**
 * Sets this person's sessions up in all folders: Claude Code reads a project's settings only where
 * it starts, so a session started in a subfolder has no hooks otherwise.
 *
 * @throws DocketError
 */
export async function initUser(options: InitUserOptions): Promise<InitUserResult> {
  const { env, database, dryRun } = options;
  const { launcher, statusLine: script } = installationOf(env);
  if (!existsSync(launcher)) {
    throw new DocketError('not_initialised', `docket is not installed: ${launcher} is missing`, {
      hint: "Run ./scripts/setup in docket's clone",
    });
  }
  if (database !== undefined && isInsideClaudeCode(env)) {
    throw new DocketError('not_trusted', 'a database cannot be approved from inside Claude Code', {
      hint: `Run in a terminal of your own: docket init --user --database ${shellWord(database)}`,
    });
  }
  const line = options.statusLine && { script, ...options.statusLine };
  const template = userTemplate(launcher);
  const { settings, record } = planSettings(env, userSettingsFile(env), template, line);
  const config = database === undefined ? [] : [planUserConfig(env, database)];
  const agents = options.agents ? planAgents(userAgents(env)) : undefined;
  const changes = [settings, ...config, ...(agents?.changes ?? [])].filter(isChange);
  if (!dryRun) {
    if (database !== undefined) approve(env, parseDatabase(database, '/'));
    for (const change of [...changes, record].filter(isChange)) applyChange(change);
  }
  return { changes, warnings: [...(agents?.warnings ?? []), ...(await checkOwnSettings(env))] };
}

/** Checks whether Claude Code reads the person's own settings. */
async function checkOwnSettings(env: Env): Promise<readonly Check[]> {
  const home = homeOf(env);
  const settings = readClaudeSettings(home, { env, answer: await askClaude(home, env) });
  return checkIgnoredSettings(settings.filter(({ level }) => level === 'user'));
}

export function uninstallUser(env: Env, { dryRun }: { dryRun: boolean }): UninstallUserResult {
  const path = userSettingsFile(env);
  const { settings, record, keptStatusLine } = planSettingsRemoval(env, path);
  const agents = planAgentsRemoval(userAgents(env));
  const changes = [settings, ...agents.changes].filter(isChange);
  if (!dryRun) for (const change of [...changes, record].filter(isChange)) applyChange(change);
  return {
    changes,
    keptAgents: agents.kept,
    keptStatusLine: keptStatusLine ? path : null,
  };
}

/** Plans the person's configuration: its database is that of lists which name none. */
function planUserConfig(env: Env, database: string): FileChange {
  const path = userFile(env);
  const known = readJson(path, parseUserConfig) ?? {};
  const before = readText(path);
  const url = databaseUrl(parseDatabase(database, '/'));
  const after = `${JSON.stringify({ ...known, database: url }, null, 2)}\n`;
  return { path, before, after: known.database === url ? before : after, isPrivate: true };
}
