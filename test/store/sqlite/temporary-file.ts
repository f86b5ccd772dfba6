import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A path in a folder of its own that is removed after the test; nothing is there yet. */
export function temporaryFile(name = 'docket.db'): string {
  const folder = mkdtempSync(join(tmpdir(), 'docket-sqlite-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return join(folder, name);
}
