import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder for a test's state, which does not exist yet. */
export function freshStateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'docket-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return join(folder, 'state');
}
