import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { type Env, userSettingsFile } from '../../config/paths.ts';
import { statOrUndefined } from '../../filesystem/path-facts.ts';
import { DocketError } from '../../model/errors.ts';
import { shellWord } from '../../model/shell-word.ts';
import { isRecord } from '../../settings/json-value.ts';
import type { SettingsTemplate } from '../../settings/settings-template.ts';
import type { Check } from '../check.ts';
import { launcherText, projectTemplate } from '../embedded.gen.ts';
import { isChange, readText } from '../files/file-change.ts';
import { installationOf } from '../installation.ts';
import { launcherFile } from '../own-files.ts';
import { type ClaudeSettings, hasOwnHooks, projectSettingsFile } from '../parts/claude-settings.ts';
import { isLauncherText } from '../parts/own-launcher.ts';
import { planSettings } from '../parts/settings-change.ts';
import { userTemplate } from '../parts/user-template.ts';

interface HookCheckOptions {
  readonly env: Env;
  readonly settings: readonly ClaudeSettings[];
  /** The folder of the project's docket.json, when there is one. */
  readonly projectRoot: string | undefined;
  /** The root of the git checkout around the folder. */
  readonly checkout: string | undefined;
}

/** Checks whether a session started in `folder` has docket's hooks, and whether they are current. */
export function checkHooks(folder: string, options: HookCheckOptions): readonly Check[] {
  const { settings } = options;
  const stopped = whyNoneRuns(settings);
  if (stopped !== undefined) return [{ name: 'hooks', status: 'fail', ...stopped }];
  const isHere = settings.some((file) => file.level !== 'user' && hasOwnHooks(file));
  if (isHere) return [checkEntries(folder, options.env), checkLauncher(folder)];
  const isCovered = settings.some((file) => file.level === 'user' && hasOwnHooks(file));
  if (isCovered) return [checkUserEntries(options.env)];
  const isIgnored = settings.some(({ level, ignored }) => level === 'project' && ignored);
  return isIgnored ? [] : [missingHooks(folder, options)];
}

/** Says what keeps all hooks of the person and the project from running. */
function whyNoneRuns(
  settings: readonly ClaudeSettings[],
): Pick<Check, 'message' | 'next'> | undefined {
  const deciding = settings.findLast(({ value }) => typeof value.disableAllHooks === 'boolean');
  if (deciding?.value.disableAllHooks === true) {
    const message = `disableAllHooks is set in ${deciding.path}: no hook runs`;
    return { message, next: 'Remove disableAllHooks there' };
  }
  const withoutShell = findPathWithoutShell(settings);
  if (withoutShell !== undefined) {
    const message = `env.PATH in ${withoutShell} leads to no sh: no hook starts`;
    return { message, next: 'Remove PATH there, or add /usr/bin:/bin to it' };
  }
  for (const { level, path, value } of settings) {
    const [key] = level === 'managed' ? keysForManagedHooks(value) : [];
    if (key === undefined) continue;
    const message = `${key} is set in ${path}: no hook of yours runs`;
    return { message, next: 'Ask who administers this computer' };
  }
  return undefined;
}

/** Finds the file whose PATH counts in sessions, where no folder of it has a shell. */
function findPathWithoutShell(settings: readonly ClaudeSettings[]): string | undefined {
  const set = settings.flatMap(({ path, value: { env } }) =>
    isRecord(env) && typeof env.PATH === 'string' ? [{ path, folders: env.PATH }] : [],
  );
  const last = set.at(-1);
  if (last === undefined) return undefined;
  const folders = last.folders.split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.some((folder) => isProgram(join(folder, 'sh'))) ? undefined : last.path;
}

function isProgram(path: string): boolean {
  const found = statOrUndefined(path);
  return typeof found === 'object' && found.isFile() && (found.mode & 0o111) !== 0;
}

/** The keys by which an administrator lets no hooks run but their own; a bad value does so, too. */
function keysForManagedHooks(value: ClaudeSettings['value']): readonly string[] {
  const { allowManagedHooksOnly: alone = false, strictPluginOnlyCustomization: plugins } = value;
  const isStrict = plugins === true || (Array.isArray(plugins) && plugins.includes('hooks'));
  return [
    ...(alone === false || alone === null ? [] : ['allowManagedHooksOnly']),
    ...(isStrict ? ['strictPluginOnlyCustomization'] : []),
  ];
}

function checkEntries(folder: string, env: Env): Check {
  const path = projectSettingsFile(folder);
  const next = `docket init ${shellWord(folder)}`;
  return compareEntries(env, path, { template: projectTemplate, place: path, next });
}

function checkUserEntries(env: Env): Check {
  const path = userSettingsFile(env);
  const template = userTemplate(installationOf(env).launcher);
  const next = 'docket init --user';
  return compareEntries(env, path, { template, place: `your own ${path}`, next });
}

function compareEntries(
  env: Env,
  path: string,
  { template, place, next }: { template: SettingsTemplate; place: string; next: string },
): Check {
  const name = 'hooks';
  const unusable = whyUnusable(env, path);
  if (unusable !== undefined) {
    return {
      name,
      status: 'warn',
      message: `${unusable}: docket cannot bring its entries up to date`,
    };
  }
  if (!isChange(planSettings(env, path, template).settings)) {
    return { name, status: 'ok', message: `current in ${place}` };
  }
  const message = `docket's entries in ${path} are not those of this version`;
  return { name, status: 'warn', message, next };
}

/** Says why docket's entries cannot be in a settings file that Claude Code reads. */
function whyUnusable(env: Env, path: string): string | undefined {
  try {
    planSettings(env, path, projectTemplate);
    return undefined;
  } catch (error) {
    if (error instanceof DocketError) return error.message;
    throw error;
  }
}

function missingHooks(folder: string, { env, projectRoot, checkout }: HookCheckOptions): Check {
  if (projectRoot === undefined && checkout === undefined) {
    const message = `no docket hooks in ${projectSettingsFile(folder)}, which is in no repository`;
    const next = `docket init --user for all your sessions, or docket init ${shellWord(folder)} --anyway for a list of this folder`;
    return { name: 'hooks', status: 'warn', message, next };
  }
  if (projectRoot !== undefined && projectRoot !== folder) {
    return {
      name: 'hooks',
      status: 'warn',
      message: `Claude Code reads settings only in the folder it starts in: a session started in this subfolder has no docket hooks, as they are in ${projectRoot}`,
      next: 'docket init --user',
    };
  }
  const path = projectSettingsFile(folder);
  const message = whyUnusable(env, path) ?? `no docket hooks in ${path}`;
  return { name: 'hooks', status: 'fail', message, next: `docket init ${shellWord(folder)}` };
}

function checkLauncher(folder: string): Check {
  const path = launcherFile(folder);
  const check = { name: 'launcher', next: `docket init ${shellWord(folder)}` };
  if (!existsSync(path)) {
    return { ...check, status: 'fail', message: `${path} is missing, so no hook runs` };
  }
  // The launcher is small: what cannot be read whole is not it.
  let text: string;
  try {
    text = readText(path) ?? '';
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    const next = `rm -r ${shellWord(path)}, then ${check.next}`;
    return { ...check, status: 'fail', message: `${error.message}, so no hook runs`, next };
  }
  if (!isLauncherText(text)) {
    return { ...check, status: 'warn', message: `${path} is not that of this version` };
  }
  if (text !== launcherText) {
    const message = `${path} has carriage returns, as core.autocrlf puts them there`;
    return { ...check, status: 'warn', message };
  }
  return { name: 'launcher', status: 'ok', message: path };
}
