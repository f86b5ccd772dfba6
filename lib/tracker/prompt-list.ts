import type { Connection } from '../model/connection.ts';
import type { PromptList } from '../model/prompt-list.ts';
import type { OpenOptions } from '../store/contract.ts';
import { StoreError } from '../store/errors.ts';
import { readPromptRows } from '../store/tables/prompt-rows.ts';
import { connectReader } from './connect.ts';

const pause = 30;

/**
 * Reads what a prompt shows, over a connection of its own. A full server and a locked file are
 * tried again until the caller's deadline ends it: for a fleet "too many connections" is a normal
 * moment, and the last command to close a SQLite file locks it while it tidies up.
 *
 * @returns undefined when the database does not have the workspace.
 * @throws StoreError
 */
export async function readPromptList(
  connection: Connection,
  request: { workspaceId: string; sessionId: string; open: OpenOptions },
): Promise<PromptList | undefined> {
  for (;;) {
    try {
      const reader = await connectReader(connection, request.open);
      try {
        return await readPromptRows(reader, request.workspaceId, request.sessionId);
      } finally {
        // The goodbye is written at once; waiting for the server's answer to it would cost a hook.
        void reader.close();
      }
    } catch (error) {
      if (!isPassing(error)) throw error;
      request.open.onRetry?.(error);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

function isPassing(error: unknown): error is StoreError {
  return (
    error instanceof StoreError &&
    (error.code === 'too_many_connections' || error.code === 'conflict')
  );
}
