import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from '../../scripts/build.ts';
import { atExit } from '../engines/at-exit.ts';

let built: Promise<string> | undefined;

/** Folder of a build of docket, made once for a test file. */
export function builtHooks(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'docket-hooks-'));
  atExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  await buildAll(folder);
  return folder;
}
