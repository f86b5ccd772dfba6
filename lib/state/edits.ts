import { existsSync, readdirSync, renameSync, statSync } from 'node:fs';
import { readText } from '../filesystem/read-file.ts';
import { createEmpty, fileNameOf, readState, removeState, writeState } from './state-file.ts';

// The launcher notes each edit of a session that has begun here in `edits/SESSION`. Whoever
// writes them to the database takes that file under another name, and leaves it so when that fails.

/** More than the launcher lets such a file grow to. */
const mostBytes = 2 * 1024 * 1024;

/** The launcher notes nothing under another name. */
const plainId = /^[A-Za-z0-9_-]{1,64}$/;

/** So many files that could not be written are kept beside the one that grows. */
const mostLeft = 8;

/** Edits that were noted, one a line. */
export interface TakenEdits {
  readonly lines: readonly string[];
  /** Removes them, as they are written. */
  settle(): void;
}

/** Whether edits of a session were noted. */
export function hasEdits(stateFolder: string, sessionId: string): boolean {
  return filesOf(stateFolder, sessionId).length > 0;
}

/** Takes the edits that were noted of a session; two that do so at once may both get some. */
export function takeEdits(stateFolder: string, sessionId: string): TakenEdits | undefined {
  const files = filesOf(stateFolder, sessionId);
  if (files.length === 0) return undefined;
  const spool = `${stateFolder}/edits/${sessionId}`;
  const taken = files.filter((file) => file !== spool);
  if (taken.length < mostLeft && files.includes(spool)) {
    try {
      const own = `${spool}.${process.pid}`;
      renameSync(spool, own);
      if (!taken.includes(own)) taken.push(own);
    } catch {
      // Another one has just taken it.
    }
  }
  return {
    lines: taken.flatMap((file) => readLines(file)),
    settle: () => taken.forEach(removeState),
  };
}

function filesOf(stateFolder: string, sessionId: string): readonly string[] {
  if (!plainId.test(sessionId)) return [];
  const folder = `${stateFolder}/edits`;
  try {
    return readdirSync(folder)
      .filter((name) => name === sessionId || name.startsWith(`${sessionId}.`))
      .map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}

function readLines(file: string): readonly string[] {
  try {
    return (readText(file, mostBytes) ?? '').split('\n').filter((line) => line !== '');
  } catch {
    return [];
  }
}

/** Has the launcher note the edits of a session: it does so for none that docket does not know. */
export function markEditor(stateFolder: string, sessionId: string): void {
  if (!plainId.test(sessionId)) return;
  const mark = `${stateFolder}/editors/${sessionId}`;
  if (!existsSync(mark)) createEmpty(mark);
}

function toldFile(stateFolder: string, sessionId: string): string {
  return `${stateFolder}/touched/${fileNameOf(sessionId)}.json`;
}

/** Whether a session has edited a file since a time, in milliseconds since 1970. */
export function hasTouchedSince(stateFolder: string, sessionId: string, since: number): boolean {
  try {
    return statSync(toldFile(stateFolder, sessionId)).mtimeMs > since;
  } catch {
    return false;
  }
}

/** What a session was told of files that others edit, by names that it gives. */
export function readToldFiles(stateFolder: string, sessionId: string): readonly string[] {
  const told = readState<unknown>(toldFile(stateFolder, sessionId));
  return Array.isArray(told) ? told.map(String) : [];
}

/** So many files are remembered as told. */
const mostTold = 1_000;

/**
 * Remembers that a session edits files, and what it was told of them; false when it could not, and
 * then it would be told again and again.
 */
export function keepToldFiles(
  stateFolder: string,
  sessionId: string,
  told: readonly string[],
): boolean {
  return writeState(toldFile(stateFolder, sessionId), told.slice(-mostTold));
}
