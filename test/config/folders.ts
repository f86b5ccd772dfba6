import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export const ids = {
  outer: '01890000-0000-7000-8000-00000000000a',
  inner: '01890000-0000-7000-8000-00000000000b',
} as const;

/** A folder of a test, by its real path. */
export function freshFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'docket-config-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

export function write(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** Makes a folder docket's, as `docket init` does. */
export function initialise(folder: string, id: string = ids.outer, database?: string): string {
  return write(
    join(folder, '.claude/docket.json'),
    JSON.stringify({
      workspace: { id, slug: id === ids.outer ? 'outer' : 'inner' },
      ...(database === undefined ? {} : { database }),
    }),
  );
}
