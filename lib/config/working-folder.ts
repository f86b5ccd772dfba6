import { resolve } from 'node:path';
import { DocketError } from '../model/errors.ts';

/**
 * The folder that this process runs in; undefined when it was removed meanwhile, which Node.js and
 * the system answer with an error.
 */
export function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/**
 * Makes a path absolute that was given in a working folder.
 *
 * @throws DocketError `usage` for a relative path where the working folder is gone.
 */
export function resolveFrom(folder: string | undefined, path: string): string {
  if (folder === undefined && !path.startsWith('/')) throw noWorkingFolder();
  return resolve(folder ?? '/', path);
}

export function noWorkingFolder(): DocketError {
  return new DocketError('usage', 'the folder that this runs in is gone: it was removed or moved', {
    hint: 'cd to a folder that is there, then run it again',
  });
}
