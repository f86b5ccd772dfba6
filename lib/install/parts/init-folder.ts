import { realpathSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type Env, homeOf } from '../../config/paths.ts';
import { DocketError } from '../../model/errors.ts';

/**
 * The folder that init, uninstall and doctor act on.
 *
 * @throws DocketError `usage`
 */
export function requireFolder(folder: string, env: Env): string {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new DocketError('usage', `${folder} is not a folder`);
  }
  if (realpathSync(folder) === realPath(homeOf(env))) {
    throw new DocketError('usage', 'your home folder is no project', {
      hint: 'docket init --user sets up sessions in all folders',
    });
  }
  return resolve(folder);
}

export function isWithin(folder: string, root: string): boolean {
  const path = relative(root, folder);
  return path === '' || (path !== '..' && !path.startsWith('../'));
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
