import type { Socket } from 'node:net';
import type { Connection, FieldPacket, ResultSetHeader, RowDataPacket } from 'mysql2';
import type { Row, SqlValue } from '../../contract.ts';
import { authPlugins } from './auth-plugins.ts';
import { bindParameters } from './bind-parameters.ts';
import { isLossy, utf8Session } from './characters.ts';
import { connectTcp, connectTimeout } from './connect-tcp.ts';
import { translateMysqlError } from './errors.ts';
import type { MysqlOpenOptions, MysqlTarget } from './target.ts';
import { guardSilence } from './watchdog.ts';

const usualPatience = 10_000;

export interface SendOptions {
  /** How many milliseconds the server may be silent. */
  readonly patience?: number;
}

/** One connection to a server. Every error is a StoreError. */
export interface MysqlConnection {
  readonly isOpen: boolean;
  query(sql: string, params?: readonly SqlValue[], options?: SendOptions): Promise<readonly Row[]>;
  /** Number of rows found. */
  run(sql: string, params?: readonly SqlValue[], options?: SendOptions): Promise<number>;
  close(): Promise<void>;
}

/** @throws StoreError */
export async function connect(
  target: MysqlTarget,
  { onFirstByte, socket: reached }: Pick<MysqlOpenOptions, 'onFirstByte' | 'socket'>,
): Promise<MysqlConnection> {
  const socket = reached ?? (await connectTcp(target));
  const { createConnection } = await import('mysql2');
  if (socket.destroyed) throw translateMysqlError(socket.errored ?? new Error('reset at once'));
  let stranger: Error | undefined;
  // Before mysql2 takes the socket, as TLS puts every other listener away.
  socket.once('data', (bytes: Buffer) => {
    onFirstByte?.();
    if (isGreeting(bytes)) return;
    stranger = new Error('what answers there is no MySQL server');
    socket.destroy(stranger);
  });
  // Node checks the certificate against this when there is no server name, else against
  // 'localhost'; it sets it itself for names only.
  Object.assign(socket, { _host: target.host });
  const connection = createConnection({
    stream: socket,
    host: target.host,
    port: target.port,
    user: target.user,
    password: target.password,
    database: target.database,
    authPlugins: authPlugins(target),
    ...(target.tls === 'verify' ? { ssl: { verifyIdentity: true } } : {}),
    connectTimeout,
    // No server may ask for a file of this machine, and no text of ours holds two statements.
    flags: ['-LOCAL_FILES', '-MULTI_STATEMENTS'],
    connectAttributes: { program_name: 'docket' },
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    // Reads rows without generating code from what the server calls its columns, and sooner.
    disableEval: true,
    queryFormat: bindParameters,
  });
  // mysql2 may tell more errors than the first one, and one that nobody hears ends the process.
  connection.on('error', () => {});
  try {
    await new Promise<void>((resolve, reject) => {
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
  } catch (error) {
    socket.destroy();
    throw translateMysqlError(stranger ?? error);
  }
  return wrap(connection, socket);
}

/** Protocol version 10, or an error, after the packet's length and number. */
function isGreeting(bytes: Buffer): boolean {
  return bytes.length < 5 || bytes[4] === 10 || bytes[4] === 0xff;
}

/** What a server has answered, and in which columns when these are rows. */
interface Answer<T> {
  readonly result: T;
  readonly fields: readonly FieldPacket[] | undefined;
}

function wrap(connection: Connection, socket: Socket): MysqlConnection {
  const inFlight = new Set<(error: unknown) => void>();
  // mysql2 tells some breaches of the protocol here and not to the statement that met them.
  const fail = (error: unknown): void => {
    socket.destroy();
    for (const reject of inFlight) reject(error);
  };
  connection.on('error', fail);

  async function send<T>(
    sql: string,
    params: readonly SqlValue[] = [],
    { patience = usualPatience }: SendOptions = {},
  ): Promise<Answer<T>> {
    let finish = (): void => {};
    try {
      return await new Promise<Answer<T>>((resolve, reject) => {
        const stopGuard = guardSilence(socket, { patience, onSilence: fail });
        inFlight.add(reject);
        finish = () => {
          stopGuard();
          inFlight.delete(reject);
        };
        connection.query<RowDataPacket[]>(sql, [...params], (error, result, fields) => {
          if (error) reject(error);
          else resolve({ result: result as T, fields });
        });
      });
    } catch (error) {
      throw translateMysqlError(error);
    } finally {
      finish();
    }
  }

  // The columns say in which characters they come, so a server where all is well is asked nothing:
  // it would cost every prompt a round trip. Elsewhere the first query is asked twice.
  let isUtf8 = false;
  const query: MysqlConnection['query'] = async (sql, params, options) => {
    const { result, fields } = await send<readonly Row[]>(sql, params, options);
    if (isUtf8 || !fields?.some(isLossy)) return result;
    await send(`SET SESSION ${utf8Session}`, [], options);
    isUtf8 = true;
    return (await send<readonly Row[]>(sql, params, options)).result;
  };

  return {
    get isOpen() {
      return !socket.destroyed && !socket.readableEnded;
    },
    query,
    run: async (sql, params, options) =>
      (await send<ResultSetHeader>(sql, params, options)).result.affectedRows,
    close: () => close(connection, socket),
  };
}

/**
 * Says goodbye, or the server's log has an "Aborted connection" for every prompt, and does not wait
 * for the answer: a silent server would hold the process.
 */
async function close(connection: Connection, socket: Socket): Promise<void> {
  if (socket.destroyed) return;
  connection.end();
  socket.destroySoon();
}
