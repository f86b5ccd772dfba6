import { existsSync } from 'node:fs';
import { createEmpty, fileNameOf } from './state-file.ts';

/**
 * Remembers that the person of this machine is told something; false when they were before, and when
 * it cannot be remembered, as it would be said again and again.
 */
export function markTold(stateFolder: string, what: string): boolean {
  const mark = `${stateFolder}/told/${fileNameOf(what)}`;
  return !existsSync(mark) && createEmpty(mark);
}
