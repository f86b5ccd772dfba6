import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { dataFolder, type Env } from '../../config/paths.ts';
import { readBytes } from '../../filesystem/read-file.ts';
import { installationOf } from '../installation.ts';
import { commandText } from '../parts/path-command.ts';

export interface InstallOptions {
  readonly env: Env;
  /** The folder of a build. */
  readonly dist: string;
  readonly version: string;
  /** Names in `dist` that are not installed. */
  readonly leaveOut: readonly string[];
  /** The absolute path of a Node.js that fits. */
  readonly node: string;
}

/**
 * Copies a build to `versions/VERSION-HASH` and switches `current` to it. Both are one rename, so a
 * hook that starts meanwhile finds the old version or the new one, whole. The version before stays
 * for those that are running; older ones go.
 *
 * @returns the name of the version.
 */
export function installVersion({ env, dist, version, leaveOut, node }: InstallOptions): string {
  const { current, versions } = installationOf(env);
  mkdirSync(versions, { recursive: true, mode: 0o700 });
  const draft = mkdtempSync(join(versions, '.new-'));
  try {
    const isWanted = (path: string) => !leaveOut.includes(basename(path));
    cpSync(dist, draft, { recursive: true, filter: isWanted });
    addCommand(draft, env);
    writeFileSync(join(draft, 'version'), `${version}\n`);
    const name = `${version}-${hashOf(draft)}`;
    const folder = join(versions, name);
    if (!isWhole(folder, name)) {
      rmSync(folder, { recursive: true, force: true });
      chmodSync(draft, 0o755);
      renameSync(draft, folder);
    }
    link(node, join(folder, 'node'));
    const previous = readLink(current);
    link(join('versions', name), current);
    removeOthers(versions, [name, ...(previous === undefined ? [] : [basename(previous)])]);
    return name;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function addCommand(folder: string, env: Env): void {
  const path = join(folder, 'bin', 'docket');
  mkdirSync(join(folder, 'bin'));
  writeFileSync(path, commandText(join(dataFolder(env), 'current')));
  chmodSync(path, 0o755);
}

/** Ten times the largest bundle. */
const mostBytes = 10 * 1024 * 1024;

/** Hashes names and bytes of what is installed; not the link to Node.js, nor the compile cache. */
function hashOf(folder: string): string {
  const hash = createHash('sha256');
  for (const path of filesIn(folder))
    hash.update(`${path}\0`).update(readBytes(join(folder, path), mostBytes) ?? '');
  return hash.digest('hex').slice(0, 12);
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('compile-cache'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** Whether a version has all its files: one that lost a file is put there again. */
function isWhole(folder: string, name: string): boolean {
  return existsSync(folder) && name.endsWith(`-${hashOf(folder)}`);
}

/** Makes a symbolic link, or turns it, in one step. */
function link(target: string, path: string): void {
  const draft = `${path}.${process.pid}`;
  rmSync(draft, { force: true });
  symlinkSync(target, draft);
  renameSync(draft, path);
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function removeOthers(versions: string, kept: readonly string[]): void {
  for (const name of readdirSync(versions)) {
    const folder = join(versions, name);
    // A young draft is another setup that runs now; its own end removes it.
    const isDraft = name.startsWith('.new-') && Date.now() - statSync(folder).mtimeMs < 3_600_000;
    if (!kept.includes(name) && !isDraft) removeIfPossible(folder);
  }
}

/** Removes a version. Where a process just writes to its compile cache, the next setup does. */
function removeIfPossible(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // An old version does no harm.
  }
}
