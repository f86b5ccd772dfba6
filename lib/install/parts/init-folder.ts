import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Env, homeOf } from '../../config/paths.ts';
import { realPath } from '../../filesystem/path-facts.ts';
import { DocketError } from '../../model/errors.ts';

/**
 * Checks the folder that init, uninstall and doctor act on, and makes it absolute.
 *
 * @throws DocketError `usage`
 */
export function requireFolder(folder: string, env: Env): string {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new DocketError('usage', `${folder} is not a folder`);
  }
  const home = homeOf(env);
  if (realPath(folder) === (realPath(home) ?? home)) {
    throw new DocketError('usage', 'your home folder is no project', {
      hint: 'docket init --user sets up sessions in all folders',
    });
  }
  return resolve(folder);
}
