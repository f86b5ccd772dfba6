import { existsSync } from 'node:fs';
import { createEmpty, removeState } from './state-file.ts';

/**
 * Notes whether the list of the session that begins lies on a server. The launcher looks for the
 * file before it starts Node.js for a prompt, as a flag of V8 makes talking to a server slower and
 * everything else faster.
 */
export function markServerUse(stateFolder: string, usesServer: boolean): void {
  const mark = `${stateFolder}/uses-server`;
  if (existsSync(mark) === usesServer) return;
  if (usesServer) createEmpty(mark);
  else removeState(mark);
}
