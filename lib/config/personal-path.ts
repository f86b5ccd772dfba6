import { statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import {
  isBelow,
  isWithin,
  nearestRealPath,
  realPath,
  statOrUndefined,
} from '../filesystem/path-facts.ts';
import { accountHome } from './account.ts';
import { type Env, homeOf } from './paths.ts';

/** Whether a file is the person's by owner and mode, and lies in no folder of a project. */
export function isPersonal(path: string, projectFolders: readonly string[]): boolean {
  const real = realPath(path);
  const found = real === undefined ? undefined : statSync(real, { throwIfNoEntry: false });
  // A missing file says nothing, which is personal enough.
  if (real === undefined || found === undefined) return true;
  return isMine(found) && (found.mode & 0o022) === 0 && !isInProjects(real, projectFolders);
}

/** Whether a file belongs to this user, or to root. */
export function isMine({ uid }: { readonly uid: number }): boolean {
  const user = process.getuid?.();
  return user === undefined || uid === user || uid === 0;
}

/** Whether a path lies in a folder of a project. */
export function isInProjects(path: string, projectFolders: readonly string[]): boolean {
  const real = nearestRealPath(path);
  return projectFolders.some((at) => isInProject(real, at));
}

/**
 * Whether a path in a session of Claude Code can be the person's, where a project's settings can
 * set HOME and the XDG variables. It cannot when it lies in the project, or leads through that or
 * through the process's own folders (`/proc/self/cwd` is the project under a name that is the
 * same on every machine), or, for a folder that a variable moved, when it shares with the project a
 * tree other than the home: an unpacked archive has no `.git` that would tell where it begins.
 */
export function isPersonalPath(
  path: string,
  projectFolders: readonly string[],
  { env, isMoved }: { readonly env: Env; readonly isMoved: boolean },
): boolean {
  const written = resolve(path);
  const real = nearestRealPath(written);
  if (isOfProcess(written) || isOfProcess(real)) return false;
  return projectFolders.every(
    (at) =>
      !isInProject(real, at) && !isBelow(written, at) && !(isMoved && isBeside(real, at, env)),
  );
}

/**
 * Whether a path lies in a repository or a project, whatever folder the session is in: a variable
 * that a project's settings set still leads there after a `cd`. The account's home, and what is
 * above it, is none.
 */
export function isInAnyProject(path: string, env: Env): boolean {
  const home = realPath(homeOf(env));
  for (let at = nearestRealPath(resolve(path)); ; at = dirname(at)) {
    const signs = [
      '.git',
      '.claude/docket.json',
      ...(at === home ? [] : ['.claude/settings.json']),
    ];
    if (signs.some((sign) => statOrUndefined(`${at}/${sign}`) !== undefined)) {
      // Asked only now, as the account is dear to ask for.
      const account = realPath(accountHome() ?? '');
      return account === undefined || !isWithin(account, at);
    }
    if (at === dirname(at)) return false;
  }
}

function isOfProcess(path: string): boolean {
  return ['/proc', '/dev'].some((at) => isWithin(path, at));
}

/** Whether two paths share a folder that is neither the root nor a home nor above one. */
function isBeside(path: string, folder: string, env: Env): boolean {
  const one = path.split(sep);
  const other = nearestRealPath(folder).split(sep);
  const differs = one.findIndex((step, index) => step !== other[index]);
  const shared = one.slice(0, differs === -1 ? one.length : differs).join(sep) || sep;
  const homes = [accountHome(), homeOf(env)].flatMap((home) => realPath(home ?? '') ?? []);
  return shared !== sep && !homes.some((home) => isWithin(home, shared));
}

/** Whether a path lies in a project. A session at home, or above, makes no project of all that. */
function isInProject(path: string, folder: string): boolean {
  const real = realPath(folder);
  if (real === undefined || !isBelow(path, real)) return false;
  // Not HOME: a project's settings can set it.
  const home = realPath(accountHome() ?? '');
  return home === undefined || !isWithin(home, real);
}
