import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { shellWord } from '../../model/shell-word.ts';

/** Why a path leads to no file, and what to do. */
export interface OutOfReach {
  readonly message: string;
  readonly hint: string;
}

/** Says why nobody can tell whether a file stands at a path; undefined where that can be told. */
export function whyOutOfReach(path: string): OutOfReach | undefined {
  try {
    statSync(path);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP') {
      const hint = `See where it leads: ls -l ${shellWord(path)}`;
      return { message: `${path} leads into a loop of links`, hint };
    }
    return code === 'EACCES' ? shutOut(path) : undefined;
  }
}

function shutOut(path: string): OutOfReach {
  const shut = foldersOf(path).find((folder) => !isSearchable(folder));
  if (shut === undefined) {
    const message = `a folder that ${path} leads through may not be searched`;
    return { message, hint: `See where it leads: ls -l ${shellWord(path)}` };
  }
  const { uid, mode } = statSync(shut);
  const digits = (mode & 0o7777).toString(8).padStart(4, '0');
  return {
    message: `${shut} may not be searched (mode ${digits}), so ${path} may not be opened`,
    hint:
      uid === process.getuid?.()
        ? `To allow it: chmod u+rwx ${shellWord(shut)}`
        : `Its owner, user id ${uid}, can allow it`,
  };
}

/** The folders above a path, the outermost first. */
function foldersOf(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === path ? [] : [...foldersOf(folder), folder];
}

function isSearchable(folder: string): boolean {
  try {
    accessSync(folder, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
