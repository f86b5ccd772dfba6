import { constants, copyFileSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UnfitFile } from './read-file.ts';

/**
 * Copies the files of a folder and of those in it, as they stood at one moment: where one was written
 * to or went away meanwhile it begins again. Links are not followed and left out.
 *
 * @throws UnfitFile when they are more than `mostBytes` or `mostFiles`, or written to all the time;
 * Node's error when they cannot be read or written
 */
export function copyFolder(
  from: string,
  to: string,
  bounds: { readonly mostFiles: number; readonly mostBytes: number },
): void {
  for (let round = 0; round < mostRounds; round += 1) {
    try {
      if (copyOnce(from, to, bounds)) return;
    } catch (error) {
      // Databases write beside a file and rename, and remove what they need no longer.
      if (!isGone(error) || lstatSync(from, { throwIfNoEntry: false }) === undefined) throw error;
    }
    rmSync(to, { recursive: true, force: true });
  }
  throw new UnfitFile('is written to all the time');
}

const mostRounds = 5;

/** Says whether the files were the same before and after they were copied. */
function copyOnce(from: string, to: string, bounds: Parameters<typeof copyFolder>[2]): boolean {
  const before = filesOf(from, bounds);
  for (const path of before.keys()) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    copyFileSync(join(from, path), join(to, path), constants.COPYFILE_FICLONE);
  }
  const after = filesOf(from, bounds);
  return before.size === after.size && [...before].every(([path, is]) => after.get(path) === is);
}

function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** The paths of the files, each with what changes when it is written to. */
function filesOf(
  folder: string,
  { mostFiles, mostBytes }: Parameters<typeof copyFolder>[2],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let bytes = 0;
  const visit = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = join(below, entry.name);
      if (entry.isDirectory()) visit(path);
      if (!entry.isFile()) continue;
      const { size, mtimeMs, ino } = lstatSync(join(folder, path));
      bytes += size;
      found.set(path, `${size} ${mtimeMs} ${ino}`);
      if (found.size > mostFiles) throw new UnfitFile(`has more than ${mostFiles} files`);
      if (bytes > mostBytes) throw new UnfitFile(`has more than ${mostBytes} bytes`);
    }
  };
  visit('');
  return found;
}
