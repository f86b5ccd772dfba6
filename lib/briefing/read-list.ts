import type { Env } from '../config/paths.ts';
import { planConnection } from '../config/resolve.ts';
import { createBusyCheck, createLateCheck } from '../hook-io/busy-machine.ts';
import { type Deadline, DeadlineError, withDeadline } from '../hook-io/deadline.ts';
import { type Connection, isMadeByUse } from '../model/connection.ts';
import type { PromptReading, Since } from '../model/prompt/news.ts';
import { safeLine } from '../render/text/safe-text.ts';
import { isOpen, readBreaker, resetBreaker, tripBreaker } from '../state/breaker.ts';
import { isKnownList } from '../state/known-list.ts';
import { readSnapshot, type Snapshot, saveSnapshot } from '../state/snapshot.ts';
import { isMissingFile } from '../tracker/database/missing-file.ts';
import { readPromptList } from '../tracker/reads/prompt-list.ts';
import type { HookContext } from './hook-context.ts';
import { mostValues } from './most-values.ts';

/** The time that a hook may take: 400 ms to the server's first byte, 1,200 ms in all. */
export const readDeadline: Deadline = { firstByte: 40, total: 120 };

/** The milliseconds that a hook waits for a SQLite lock; readers of a WAL file rarely meet one. */
const busyTimeout = 20;

/** The same for a machine that is busy with other processes, which a server is not to answer for. */
function lenientDeadline(): Deadline {
  return { ...readDeadline, wasBusy: createBusyCheck(), isLate: createLateCheck() };
}

export type ReadResult =
  | ({ readonly kind: 'fresh' } & PromptReading)
  | { readonly kind: 'away'; readonly reason: string }
  /** The server is alive and full: no outage, but no list either. */
  | { readonly kind: 'full' }
  /** There is no such list yet, so there is nothing to say and nothing is wrong. */
  | { readonly kind: 'none' };

/** Looks at the snapshot of a list when it is first asked, and remembers it. */
export function createLastList({ stateFolder, listId }: HookContext): () => Snapshot | undefined {
  let last: { readonly snapshot: Snapshot | undefined } | undefined;
  return () => {
    last ??= { snapshot: readSnapshot(stateFolder, listId) };
    return last.snapshot;
  };
}

export interface ReadOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly lastList: () => Snapshot | undefined;
  /** What the reader knows of the list, to be told what has changed. */
  readonly since?: Since | undefined;
  readonly deadline?: Deadline | undefined;
  /**
   * Told of a file that an older docket made, when it was brought to this one's schema. Without it
   * such a file is away until a command or a session does that.
   */
  readonly onUpdate?: ((notice: string) => void) | undefined;
}

/**
 * Reads the list of a session's workspace, within the deadline and behind the breaker. The server
 * is not held responsible for what a busy machine takes.
 *
 * @throws DocketError `not_trusted`, `invalid_config`
 */
export async function readList(
  hook: HookContext,
  env: Env,
  options: ReadOptions,
): Promise<ReadResult> {
  const { now, lastList, deadline = lenientDeadline() } = options;
  const { stateFolder, listId } = hook;
  const breaker = readBreaker(stateFolder, listId);
  if (isOpen(breaker, now)) return { kind: 'away', reason: breaker.reason };
  const connection = planConnection(hook.context, env);
  if (isMissingFile(connection)) {
    return absent(hook, `${connection.path} is missing`);
  }
  const read = () => tryToRead(hook, connection, { ...options, deadline });
  const result = await read().then((first) =>
    first.kind === 'old' ? afterUpdate(connection, { read, ...options }) : first,
  );
  if (result.kind === 'away') tripBreaker(stateFolder, listId, { now, reason: result.reason });
  else if (breaker !== undefined && result.kind !== 'full') resetBreaker(stateFolder, listId);
  if (result.kind === 'fresh') {
    saveSnapshot(stateFolder, listId, { list: result.list, readAt: now }, lastList());
  }
  return result.kind === 'none' ? absent(hook, 'it does not have this list') : result;
}

/** The file has the schema of an older docket. */
interface OldFile {
  readonly kind: 'old';
}

const oldFile = 'it has the schema of an older docket, which the next docket command updates';

/** Reads a file again that was brought to this docket's schema. */
async function afterUpdate(
  connection: Connection,
  {
    read,
    onUpdate,
  }: Pick<ReadOptions, 'onUpdate'> & { readonly read: () => Promise<ReadResult | OldFile> },
): Promise<ReadResult> {
  if (onUpdate === undefined) return { kind: 'away', reason: oldFile };
  try {
    const { updateFile } = await import('./update-file.ts');
    const notice = await updateFile(connection);
    if (notice !== undefined) onUpdate(notice);
  } catch (error) {
    const hint = codeOf(error) === 'migration_due' ? ': docket migrate' : '';
    return { kind: 'away', reason: safeLine(`${explain(error)}${hint}`, 200) };
  }
  const again = await read();
  return again.kind === 'old' ? { kind: 'away', reason: oldFile } : again;
}

/** A list that is not there is away where it was used before, and not yet made where it was not. */
function absent({ stateFolder, listId }: HookContext, reason: string): ReadResult {
  return isKnownList(stateFolder, listId) ? { kind: 'away', reason } : { kind: 'none' };
}

async function tryToRead(
  hook: HookContext,
  connection: Connection,
  {
    lastList,
    since,
    deadline,
  }: { readonly deadline: Deadline } & Pick<ReadOptions, 'lastList' | 'since'>,
): Promise<ReadResult | OldFile> {
  let refusal: { readonly code: string; readonly message: string } | undefined;
  try {
    const reading = await withDeadline(
      (onFirstByte) =>
        readPromptList(connection, {
          workspaceId: hook.context.workspace.id,
          sessionId: hook.sessionId,
          since,
          known: () => lastList()?.list,
          open: {
            mode: 'read',
            busyTimeout,
            mostValues,
            onFirstByte,
            onRetry: (error) => {
              refusal = error;
            },
          },
        }),
      deadline,
    );
    return reading === undefined ? { kind: 'none' } : { kind: 'fresh', ...reading };
  } catch (error) {
    const cause = error instanceof DeadlineError ? (refusal ?? error) : error;
    if (codeOf(cause) === 'too_many_connections') return { kind: 'full' };
    // The next command makes the tables of a file that has none.
    if (codeOf(cause) === 'no_schema' && isMadeByUse(connection) && isNew(cause)) {
      return { kind: hasNoTables(cause) ? 'none' : 'old' };
    }
    return { kind: 'away', reason: safeLine(explain(cause), 200) };
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Whether something is missing: a schema that is too new for this docket has no cause. */
function isNew(error: unknown): boolean {
  return error instanceof Error && error.cause !== undefined;
}

/** As SQLite says it. */
function hasNoTables(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('no such table');
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (codeOf(error) === 'no_schema' && isNew(error)) {
    return 'it has no docket tables, or those of an older docket: docket migrate';
  }
  const isForeseen = error instanceof DeadlineError || /^(Store|Docket)Error$/.test(error.name);
  return isForeseen ? error.message : `what it answers makes no sense: ${error.message}`;
}
