import { writePrivately } from '../filesystem/atomic-write.ts';

/** The line of a session, as `hooks/status-line` reads it. */
export interface KeptLine {
  /** When the list was read, and when it is to be read again: seconds since 1970. */
  readonly readAt: number;
  readonly dueAt: number;
  /** The file that tells, by being newer, that a command on this machine has changed the list. */
  readonly changes: string;
  /** Empty where there is nothing to say. */
  readonly line: string;
}

/** The script takes the name of a session for a file's only where it is as Claude Code writes them. */
const fileName = /^[A-Za-z0-9_-]{1,64}$/;

/** Keeps the line that a session's script prints; without a session there is none. */
export function keepStatusLine(
  stateFolder: string,
  session: string | undefined,
  { readAt, dueAt, changes, line }: KeptLine,
): void {
  if (session === undefined || !fileName.test(session)) return;
  writePrivately(
    `${stateFolder}/statusline/${session}`,
    `${readAt} ${dueAt}\n${changes}\n${line}\n`,
  );
}
