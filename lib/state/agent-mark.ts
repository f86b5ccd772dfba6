import { existsSync } from 'node:fs';
import { createEmpty } from './state-file.ts';

/**
 * Notes that a session has started subagents or team-mates. The launcher looks for the file before it
 * starts Node.js for a docket command: while there are none, nobody's name is to be given.
 */
export function markAgents(stateFolder: string, sessionId: string): void {
  // The launcher looks for no other name, and starts Node.js for it every time.
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(sessionId)) return;
  const mark = `${stateFolder}/agents/${sessionId}`;
  if (!existsSync(mark)) createEmpty(mark);
}
