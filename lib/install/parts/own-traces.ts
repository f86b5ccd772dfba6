import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { credentialsFile } from '../../config/credentials.ts';
import { notifyFile } from '../../config/notify-targets.ts';
import { configFolder, dataFolder, type Env, stateFolder } from '../../config/paths.ts';
import { userFile } from '../../config/resolve.ts';
import { trustFile } from '../../config/trust.ts';
import { isLink, statOrUndefined } from '../../filesystem/path-facts.ts';
import { readText } from '../../filesystem/read-file.ts';
import { whyNotWritten } from '../../filesystem/write-error.ts';
import { DocketError } from '../../model/errors.ts';
import { installationOf } from '../installation.ts';
import { ownCommands } from './path-command.ts';

/** What docket left on this machine outside projects and Claude Code's settings. */
export interface OwnTraces {
  /** Files and folders that are docket's alone, in the order in which they can go. */
  readonly own: readonly string[];
  /** The file of the person's lists, with the copies from before upgrades. */
  readonly lists: readonly string[];
  /** Other files in docket's folders, such as a certificate that the person put there. */
  readonly foreign: readonly string[];
  /** Folders that go when they are empty, the innermost first. */
  readonly folders: readonly string[];
}

/** Finds what `scripts/setup`, the commands and the hooks left. The program itself comes last. */
export function findOwnTraces(env: Env): OwnTraces {
  const [config, data] = [configFolder(env), dataFolder(env)];
  const { current, versions } = installationOf(env);
  const made = madeFoldersFile(env);
  const own = [
    stateFolder(env),
    ...[userFile, trustFile, credentialsFile, notifyFile].map((file) => file(env)),
    ...ownCommands(env),
    ...['installs', 'node', 'notify'].map((name) => join(data, name)),
    made,
    current,
    versions,
  ].filter(isThere);
  const files = [config, data].flatMap((folder) =>
    namesIn(folder).map((name) => join(folder, name)),
  );
  const lists = files.filter((path) => path.startsWith(join(data, 'docket.db')));
  return {
    own,
    lists,
    foreign: files.filter((path) => !own.includes(path) && !lists.includes(path)),
    folders: [config, data, ...readMadeFolders(made)],
  };
}

/** `scripts/setup` writes there which folders of the person's were missing, the innermost first. */
function madeFoldersFile(env: Env): string {
  return join(dataFolder(env), 'made-folders');
}

function readMadeFolders(path: string): readonly string[] {
  try {
    return (readText(path, 64 * 1024) ?? '').split('\n').filter((line) => line.startsWith('/'));
  } catch {
    return [];
  }
}

/** @throws DocketError `invalid_settings` when it cannot be removed. */
export function removeTrace(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    const message = `cannot remove ${path} (${whyNotWritten(error)})`;
    throw new DocketError('invalid_settings', message, { cause: error });
  }
}

function isThere(path: string): boolean {
  return isLink(path) || statOrUndefined(path) !== undefined;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
