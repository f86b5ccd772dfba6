import { lstatSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Env } from '../../config/paths.ts';
import { readText } from '../../filesystem/read-file.ts';
import type { HookEntry } from '../../settings/claude/read-hooks.ts';
import { startScript, wordsOf } from '../../settings/own-entries.ts';
import { launcherText } from '../embedded.gen.ts';
import { installationOf } from '../installation.ts';
import { launcherFile } from '../own-files.ts';

/** The program that a hook entry starts: docket's own launcher, or a shell that reads it. */
export interface OwnStart {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * Says how `docket doctor` may start a hook entry; undefined when the entry would start anything but
 * docket's launcher. A repository writes its own entries, and doctor runs before the person has
 * trusted it: a path that only ends like the launcher's, another text in the launcher's place, a
 * link, or an event that leads out of the installation are all somebody else's program.
 */
export function ownStart(
  hook: HookEntry['hook'],
  { folder, env }: { folder: string; env: Env },
): OwnStart | undefined {
  const words = Array.isArray(hook.args)
    ? [hook.command, ...hook.args].map(String)
    : wordsOf(String(hook.command));
  const [file = '', ...args] = words.map((word) =>
    word.replace(/\$\{CLAUDE_PROJECT_DIR\}|\$CLAUDE_PROJECT_DIR(?!\w)/g, () => folder),
  );
  const isWrapped = file === 'sh' && args[0] === '-c' && args[1] === startScript;
  const [launcher = '', event = '', level, ...more] = isWrapped ? args.slice(2) : [file, ...args];
  const isEvent = /^[a-z]+(?:-[a-z]+)*$/.test(event);
  if (!isEvent || (level !== undefined && level !== 'user') || more.length > 0) return undefined;
  return isLauncher(launcher, { folder, env }) ? { file, args } : undefined;
}

/** Whether a text is this version's launcher, as written or as a checkout with CRLF gives it. */
export function isLauncherText(text: string): boolean {
  return text.replaceAll('\r\n', '\n') === launcherText;
}

/** The launcher has a twentieth of that. */
const mostBytes = 64 * 1024;

function isLauncher(file: string, { folder, env }: { folder: string; env: Env }): boolean {
  try {
    const isFile = lstatSync(file).isFile();
    if (!isFile || !isLauncherText(readText(file, mostBytes) ?? '')) return false;
    if (file === installationOf(env).launcher) return true;
    const real = join(realpathSync(folder), '.claude', 'docket', 'hook');
    return file === launcherFile(folder) && realpathSync(file) === real;
  } catch {
    return false;
  }
}
