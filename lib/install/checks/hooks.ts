import { existsSync } from 'node:fs';
import type { Env } from '../../config/paths.ts';
import { DocketError } from '../../model/errors.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Check } from '../check.ts';
import { launcherText, projectTemplate } from '../embedded.gen.ts';
import { isChange, readText } from '../files/file-change.ts';
import { installationOf, userSettingsFile } from '../installation.ts';
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
}

/** Checks whether a session started in `folder` has docket's hooks, and whether they are current. */
export function checkHooks(folder: string, options: HookCheckOptions): readonly Check[] {
  const { settings } = options;
  const broken = settings.find(({ isBroken }) => isBroken);
  if (broken !== undefined) return [brokenSettings(broken, options.env)];
  const disabling = settings.find(({ value }) => value.disableAllHooks === true);
  if (disabling !== undefined) {
    const message = `disableAllHooks is set in ${disabling.path}: no hook runs`;
    return [{ name: 'hooks', status: 'fail', message, next: 'Remove disableAllHooks there' }];
  }
  const isHere = settings.some((file) => file.level !== 'user' && hasOwnHooks(file));
  if (isHere) return [checkEntries(folder, options.env), checkLauncher(folder)];
  const isCovered = settings.some((file) => file.level === 'user' && hasOwnHooks(file));
  return [isCovered ? checkUserEntries(options.env) : missingHooks(folder, options)];
}

function brokenSettings({ path }: ClaudeSettings, env: Env): Check {
  const check = { name: 'hooks', status: 'fail', next: `Mend ${path}` } as const;
  try {
    planSettings(env, path, projectTemplate);
    return { ...check, message: `${path} cannot be used: Claude Code ignores all of it` };
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    return { ...check, message: `${error.message}: Claude Code ignores all of the file` };
  }
}

function checkEntries(folder: string, env: Env): Check {
  const path = projectSettingsFile(folder);
  const { settings } = planSettings(env, path, projectTemplate);
  if (!isChange(settings)) return { name: 'hooks', status: 'ok', message: `current in ${path}` };
  const message = `docket's entries in ${path} are not those of this version`;
  return { name: 'hooks', status: 'warn', message, next: `docket init ${shellWord(folder)}` };
}

function checkUserEntries(env: Env): Check {
  const path = userSettingsFile(env);
  const { settings } = planSettings(env, path, userTemplate(installationOf(env).launcher));
  if (!isChange(settings)) {
    return { name: 'hooks', status: 'ok', message: `current in your own ${path}` };
  }
  const message = `docket's entries in ${path} are not those of this version`;
  return { name: 'hooks', status: 'warn', message, next: 'docket init --user' };
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

function missingHooks(folder: string, { env, projectRoot }: HookCheckOptions): Check {
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
  const text = readText(path) ?? '';
  if (!isLauncherText(text)) {
    return { ...check, status: 'warn', message: `${path} is not that of this version` };
  }
  if (text !== launcherText) {
    const message = `${path} has carriage returns, as core.autocrlf puts them there`;
    return { ...check, status: 'warn', message };
  }
  return { name: 'launcher', status: 'ok', message: path };
}
