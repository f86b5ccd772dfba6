import { type Connection, needsNetwork } from '../../model/connection.ts';
import { seenBy } from '../../model/prompt/known-list.ts';
import { type PromptList, versionAt, versionOf } from '../../model/prompt/list.ts';
import type { PromptReading, Since } from '../../model/prompt/news.ts';
import type { Db, OpenOptions } from '../../store/contract.ts';
import { StoreError } from '../../store/errors.ts';
import { checkPrompt, readVersion } from '../../store/queries/prompt-check.ts';
import { readPromptRows } from '../../store/queries/prompt-list.ts';
import { connect } from '../database/connect.ts';

const pause = 30;

export interface PromptRequest {
  readonly workspaceId: string;
  readonly sessionId: string;
  /**
   * Gives the list as any session read it before; a server is asked first whether it still holds.
   * It is called once the server answers.
   */
  readonly known?: () => PromptList | undefined;
  /** What the reader knows; of a later list it is then told what has become of it. */
  readonly since?: Since | undefined;
  readonly open: OpenOptions;
}

/**
 * Reads what a prompt shows, over a connection of its own. A full server and a locked file are
 * tried again until the caller's deadline ends it: for a fleet "too many connections" is a normal
 * moment, and the last command to close a SQLite file locks it while it tidies up.
 *
 * @returns undefined when the database does not have the workspace.
 *
 * @throws StoreError
 */
export async function readPromptList(
  connection: Connection,
  request: PromptRequest,
): Promise<PromptReading | undefined> {
  for (;;) {
    try {
      const store = await connect(connection, request.open);
      try {
        return needsNetwork(connection)
          ? await readOrConfirm(store.db, request)
          : await readNear(store.db, request);
      } finally {
        // The goodbye is written at once; waiting for the server's answer to it would cost a hook.
        void store.close();
      }
    } catch (error) {
      if (!isPassing(error)) throw error;
      request.open.onRetry?.(error);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/**
 * Reads the list from a file, and what has changed only where something has: a second question costs
 * nothing there, and a file is read in less time than the snapshot of it.
 */
async function readNear(
  db: Db,
  { workspaceId, sessionId, since }: PromptRequest,
): Promise<PromptReading | undefined> {
  const isSame = since !== undefined && (await readVersion(db, workspaceId)) === since.version;
  return readPromptRows(db, workspaceId, sessionId, isSame ? undefined : since);
}

/**
 * Reads the list, or only its holders when the known list has not changed. A reader who knows
 * another version than that one is told what lies between, which only a reading says.
 */
async function readOrConfirm(
  db: Db,
  { workspaceId, sessionId, known: findKnown, since }: PromptRequest,
): Promise<PromptReading | undefined> {
  const known = findKnown?.();
  const isBehind = since !== undefined && known !== undefined && since.version !== versionOf(known);
  if (known?.known !== undefined && !isBehind) {
    const sessions = [...known.mine, ...known.others].map(({ session }) => session);
    const check = await checkPrompt(db, workspaceId, [...new Set(sessions)]);
    if (check === undefined) return undefined;
    const isSame = versionAt(check.token, check.nextStart) === versionOf(known);
    const list = isSame ? seenBy(known, sessionId, check) : undefined;
    if (list !== undefined) return { list };
  }
  return readPromptRows(db, workspaceId, sessionId, since);
}

function isPassing(error: unknown): error is StoreError {
  return (
    error instanceof StoreError &&
    (error.code === 'too_many_connections' || error.code === 'conflict')
  );
}
