import { StoreError } from '../errors.ts';
import { readServerTraits, type ServerTraits } from './server-traits.ts';
import { utf8Session } from './wire/characters.ts';
import { connect, type MysqlConnection } from './wire/connection.ts';
import type { MysqlOpenOptions, MysqlTarget } from './wire/target.ts';

/** Seconds of silence after which the server ends a writer, so that a sleeping one frees its rows. */
const idleSeconds = 10;
const lockSeconds = 5;

// A server without strict mode would cut 600 characters to 500 and say nothing.
const strict = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

export interface Session {
  readonly connection: MysqlConnection;
  /** Known to writing sessions only: to ask costs a round trip. */
  readonly traits: ServerTraits | undefined;
}

/** @throws StoreError */
export async function openSession(
  target: MysqlTarget,
  options: MysqlOpenOptions,
): Promise<Session> {
  const connection = await connectWhenFull(target, options);
  if (options.mode === 'read') return { connection, traits: undefined };
  try {
    const traits = await readServerTraits(connection);
    // Of a server without autocommit, signs of life would be lost: they are written by themselves.
    await connection.run(
      `SET SESSION ${utf8Session}, autocommit = 1, sql_mode = '${strict}',
       wait_timeout = ${idleSeconds}, ${
         traits.locksRows
           ? `innodb_lock_wait_timeout = ${lockSeconds}`
           : 'dolt_transaction_commit = 1'
       }`,
    );
    await useSnapshots(connection);
    return { connection, traits };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Makes every read of a transaction see one state, whatever the server's default is. */
export async function useSnapshots(connection: MysqlConnection): Promise<void> {
  await connection.run('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
}

const attempts = 12;
const longestPause = 400;

/** A fleet fills a server's 151 connections for moments: that is no outage, so it is tried again. */
async function connectWhenFull(
  target: MysqlTarget,
  { onFirstByte, onRetry, socket }: MysqlOpenOptions,
): Promise<MysqlConnection> {
  let isSilent = true;
  const once = (): void => {
    if (isSilent) onFirstByte?.();
    isSilent = false;
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await connect(target, {
        onFirstByte: once,
        ...(attempt === 1 && socket !== undefined ? { socket } : {}),
      });
    } catch (error) {
      const isFull = error instanceof StoreError && error.code === 'too_many_connections';
      if (!isFull || attempt >= attempts) throw error;
      onRetry?.(error);
      await pause((0.5 + Math.random() / 2) * Math.min(longestPause, 20 * 2 ** attempt));
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
