import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SetupUser } from '../../../install/setup-user.ts';

export function readJson(path: string) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

export function settingsOf(folder: string): string {
  return join(folder, '.claude/settings.json');
}

/** Every file below a folder with its text, git's own left out. */
export function tree(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('.git/') && statSync(join(folder, path)).isFile())
    .sort();
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

export async function init(person: SetupUser, folder: string, ...argv: readonly string[]) {
  const answer = await person.docket(folder, 'init', '--json', ...argv);
  const { data, error } = JSON.parse(answer.stdout);
  return { ...answer, data, error };
}
