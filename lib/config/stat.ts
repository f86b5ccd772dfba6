import { type Stats, statSync } from 'node:fs';

/**
 * What stands at a path, or `unreadable` where that cannot be known: a folder of somebody else, a
 * loop of links. It is looked at on the way up to the root, where nothing of it may be an error.
 */
export function statOrUndefined(path: string): Stats | 'unreadable' | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return 'unreadable';
  }
}
