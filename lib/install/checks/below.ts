import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile } from '../../config/find-project.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Check } from '../check.ts';

const shown = 5;

/** Checks whether projects right below have lists of their own, which this folder's replaces. */
export function checkBelow(folder: string): Check {
  const name = 'projects below';
  const below = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, projectFile)))
    .map((entry) => entry.name);
  if (below.length === 0) return { name, status: 'ok', message: 'none has a list of its own' };
  const names = `${below.slice(0, shown).join(', ')}${below.length > shown ? ', ...' : ''}`;
  return {
    name,
    status: 'warn',
    message: `${names}: the outermost list counts, so work there is in this folder's list from now on`,
    next: `If that is not wanted: docket uninstall ${shellWord(folder)}`,
  };
}
