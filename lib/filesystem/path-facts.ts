import { accessSync, constants, lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, sep } from 'node:path';

/**
 * What stands at a path, or `unreadable` where that cannot be known: a folder of somebody else, a
 * loop of links. Paths are asked about on the way up to the root, where none may be an error.
 */
export function statOrUndefined(path: string): Stats | 'unreadable' | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return 'unreadable';
  }
}

/** Whether a link stands at a path, wherever it leads. */
export function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  } catch {
    return false;
  }
}

/** Whether this process may run what stands at a path, or search it where it is a folder. */
export function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path without links, or undefined where nothing stands there or it cannot be known. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

/** The path with the links of what exists of it resolved. */
export function nearestRealPath(path: string): string {
  for (let at = path; ; at = dirname(at)) {
    const real = realPath(at);
    if (real !== undefined) return real === sep ? path : real + path.slice(at.length);
  }
}

/** Whether a path lies in a folder, of two absolute paths without `.`, `..` or a slash at the end. */
export function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder === sep ? sep : folder + sep);
}

/** Whether a path is a folder or lies in it, of two such paths. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || isBelow(path, folder);
}
