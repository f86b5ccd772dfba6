import { constants, existsSync, renameSync } from 'node:fs';
import { createPrivately } from '../filesystem/atomic-write.ts';
import { readText } from '../filesystem/read-file.ts';
import { fileNameOf, removeState } from './state-file.ts';

/** More than a session's agents ever leave to tell between two prompts. */
const mostBytes = 256 * 1024;

function fileOf(stateFolder: string, sessionId: string): string {
  return `${stateFolder}/news/${fileNameOf(sessionId)}.json`;
}

/** Keeps a text for a session to be told next; agents that end at once add to one file. */
export function keepNews(stateFolder: string, sessionId: string, text: string): void {
  const { O_WRONLY, O_CREAT, O_APPEND, O_NONBLOCK } = constants;
  const added = O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK;
  try {
    createPrivately(fileOf(stateFolder, sessionId), `${text}\n`, added);
  } catch {
    // The list itself says how the task stands.
  }
}

/** Takes what a session is to be told, once; undefined most often. */
export function takeNews(stateFolder: string, sessionId: string): string | undefined {
  const file = fileOf(stateFolder, sessionId);
  if (!existsSync(file)) return undefined;
  const taken = `${file}.${process.pid}`;
  try {
    // An agent that ends meanwhile begins a new file.
    renameSync(file, taken);
    return readText(taken, mostBytes)?.trim() || undefined;
  } catch {
    return undefined;
  } finally {
    removeState(taken);
  }
}
