import { idleSeconds, leftoverDelay, rowLockSeconds } from '../../model/waiting.ts';
import type { OpenOptions, Statement, StatementResult } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { askForTraits, readTraits, type ServerTraits } from './dialect.ts';
import { utf8Session } from './wire/characters.ts';
import type { MysqlConnection, SendOptions, ServerResult } from './wire/connection.ts';
import { translateMysqlError } from './wire/errors.ts';
import type { Place } from './wire/explain-outage.ts';

/**
 * A connection, and what is still to be told to the server over it. A session sends nothing by
 * itself: its settings travel ahead of the first statements, and the end of a transaction that has
 * nothing to commit ahead of whatever comes next.
 */
export interface Session {
  readonly isOpen: boolean;
  /** Hears what the server has said meanwhile: it may have ended the connection. */
  hear(): Promise<void>;
  /** Sends statements in one flight, behind what is still to be told. @throws StoreError */
  send(
    statements: readonly Statement[],
    options?: Pick<SendOptions, 'silenceLimit'>,
  ): Promise<readonly ServerResult[]>;
  /** What a reading transaction begins with. */
  beginReading(): readonly Statement[];
  /** Leaves the end of a transaction to travel ahead of what is sent next, or alone soon after. */
  leave(statements: readonly Statement[]): void;
  /** What the server has said of itself, to a writing session. */
  readonly knownTraits: ServerTraits | undefined;
  /** The same, asking for it when nothing was sent yet. @throws StoreError to a reading session. */
  traits(): Promise<ServerTraits>;
  close(): Promise<void>;
}

// A server without strict mode would cut 600 characters to 500 and say nothing.
const strict = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

/** Makes every read of a transaction see one state, whatever the server's default is. */
const useSnapshots = { sql: 'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ' };

/**
 * What a writer tells a server first. Of a server without autocommit, signs of life would be lost:
 * they are written by themselves. Dolt knows one number of seconds to wait for a row, and refuses
 * any other.
 */
const writerSettings: readonly Statement[] = [
  askForTraits,
  {
    sql: `SET SESSION ${utf8Session}, autocommit = 1, sql_mode = '${strict}',
     wait_timeout = ${idleSeconds},
     innodb_lock_wait_timeout = IF(@@version_comment = 'Dolt', 1, ${rowLockSeconds})`,
  },
  useSnapshots,
];

/**
 * A member that is behind the others, or was expelled by them, is read-only: what is read there may be
 * old. A server that knows no such variable gives no row.
 */
const askReadOnly: Statement = { sql: "SHOW VARIABLES LIKE 'read_only'" };

const readOnlyServer = 1290;

const readerSettings: readonly Statement[] = [{ sql: `SET SESSION ${utf8Session}` }, useSnapshots];

export interface SessionOptions extends Pick<OpenOptions, 'mode' | 'mostValues' | 'silenceLimit'> {
  /** What an earlier connection to this server has found out. */
  readonly traits?: ServerTraits | undefined;
  /** The member of a cluster that this is about, which may have to be passed over. */
  readonly member?: Place | undefined;
}

export function createSession(
  connection: MysqlConnection,
  { mode, mostValues, silenceLimit, traits: known, member }: SessionOptions,
): Session {
  let traits = known;
  let settings = [
    ...(mode === 'write' ? writerSettings : []),
    ...(member === undefined ? [] : [askReadOnly]),
  ];
  let forReading = mode === 'read' ? readerSettings : [];
  let leftover: readonly Statement[] = [];
  let timer: NodeJS.Timeout | undefined;

  const send: Session['send'] = async (statements, options = {}) => {
    clearTimeout(timer);
    const isFirst = settings.length > 0;
    const asked = settings.length;
    const ahead = [...settings, ...leftover];
    settings = [];
    leftover = [];
    if (ahead.length + statements.length === 0) return [];
    const results = await connection.send([...ahead, ...statements], {
      ...options,
      silenceLimit: Math.max(silenceLimit ?? 0, options.silenceLimit ?? 0) || undefined,
      mostValues,
      // A session whose settings may not have been taken is of no use.
      stopsAtErrors: !isFirst && traits?.stopsAtErrors === true,
    });
    if (isFirst && mode === 'write') traits = readTraits(results[0]);
    if (isFirst && member !== undefined) requireWritable(results[asked - 1], member);
    return results.slice(ahead.length);
  };

  return {
    get isOpen() {
      return connection.isOpen;
    },
    hear: () => connection.hear(),
    get knownTraits() {
      return traits;
    },
    send,
    beginReading: () => {
      // Not READ ONLY, which TiDB refuses: a reading transaction ends by ROLLBACK in any case.
      const statements = [...forReading, { sql: 'START TRANSACTION' }];
      forReading = [];
      return statements;
    },
    leave: (statements) => {
      if (!connection.isOpen) return;
      leftover = [...leftover, ...statements];
      timer = setTimeout(() => void send([]).catch(() => {}), leftoverDelay).unref();
    },
    traits: async () => {
      if (mode === 'read') throw new StoreError('failed', 'the database was opened for reading');
      // Another call may have asked, and not been answered yet.
      if (traits === undefined) await (settings.length > 0 ? send([]) : connection.send([]));
      if (traits === undefined) throw new StoreError('failed', 'the server did not say what it is');
      return traits;
    },
    close: async () => {
      clearTimeout(timer);
      await connection.close();
    },
  };
}

function requireWritable(answer: StatementResult | undefined, member: Place): void {
  const value = Object.values(answer?.rows[0] ?? {})[1] ?? 'OFF';
  if (value === 'OFF' || value === '0') return;
  throw translateMysqlError({ errno: readOnlyServer, message: `read_only is ${value}` }, member);
}
