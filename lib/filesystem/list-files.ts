import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UnfitFile } from './read-file.ts';

/**
 * Lists the files of a folder and of those in it, by their paths there and in their order. Links are
 * not followed, and hidden names are left out.
 *
 * @throws UnfitFile when there are more than `most`; Node's error when it cannot be read
 */
export function listFiles(
  folder: string,
  {
    ending,
    levels,
    most,
  }: { readonly ending: string; readonly levels: number; readonly most: number },
): readonly string[] {
  const found: string[] = [];
  const visit = (below: string, left: number): void => {
    const entries = readdirSync(join(folder, below), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue;
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && left > 0) visit(path, left - 1);
      else if (entry.isFile() && entry.name.endsWith(ending)) found.push(path);
      if (found.length > most) throw new UnfitFile(`has more than ${most} files`);
    }
  };
  visit('', levels);
  return found;
}
