import type { Socket } from 'node:net';
import type { Connection } from 'mysql2';
import { silenceLimit as usualSilenceLimit } from '../../../model/waiting.ts';
import type { Statement, StatementResult } from '../../contract.ts';
import { StoreError } from '../../errors.ts';
import { authPlugins } from './auth-plugins.ts';
import { isLossy, utf8Session } from './characters.ts';
import { composeTexts, type Text } from './compose-texts.ts';
import { connectSocket, connectTimeout } from './connect-socket.ts';
import { translateMysqlError, wasEndedBefore } from './errors.ts';
import type { Answer } from './gather-answers.ts';
import { sendText } from './send-text.ts';
import type { MysqlOpenOptions, MysqlTarget } from './target.ts';
import { watchAnswer } from './watchdog.ts';

export interface SendOptions {
  /** How many values the answer may have. */
  readonly mostValues?: number | undefined;
  /** How many milliseconds the server may be silent. */
  readonly silenceLimit?: number | undefined;
  /**
   * Says that this server runs nothing of a text after an error in it, so that the connection goes
   * on. One that may run the rest (Dolt does) answers it too, and nobody listens: it is closed.
   */
  readonly stopsAtErrors?: boolean;
}

/** What a server answers to one statement. */
export interface ServerResult extends StatementResult {
  /** Whether it sent rows, be it none, and not just that it has done something. */
  readonly hasRows: boolean;
}

/** One connection to a server. Every error is a StoreError. */
export interface MysqlConnection {
  readonly isOpen: boolean;
  /**
   * Hears what has come while this process stood still, such as that the server has ended the
   * connection. What is sent without may be lost, and nobody knows then whether it was run.
   */
  hear(): Promise<void>;
  /**
   * Sends statements as one text, or as several when they are many, and gives a result for each. One
   * call is answered before the next is sent.
   */
  send(statements: readonly Statement[], options?: SendOptions): Promise<readonly ServerResult[]>;
  close(): Promise<void>;
}

/** @throws StoreError */
export async function connect(
  target: MysqlTarget,
  { onFirstByte, socket: reached }: Pick<MysqlOpenOptions, 'onFirstByte' | 'socket'>,
): Promise<MysqlConnection> {
  const socket = reached ?? (await connectSocket(target));
  const { createConnection, authPlugins: standard } = await import('mysql2');
  if (socket.destroyed)
    throw translateMysqlError(socket.errored ?? new Error('reset at once'), target);
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
    authPlugins: authPlugins(target, standard),
    // The stream is connected; this tells mysql2 that nobody listens on the way.
    ...(target.socket === undefined ? {} : { socketPath: target.socket }),
    ...(target.tls === 'verify'
      ? { ssl: { verifyIdentity: true, ...(target.ca && { ca: target.ca }) } }
      : {}),
    connectTimeout,
    // No server may ask for a file of this machine.
    flags: ['-LOCAL_FILES', 'MULTI_STATEMENTS'],
    connectAttributes: { program_name: 'docket' },
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    // A value is text or a number; parsed, a document would lose digits.
    jsonStrings: true,
    // Reads rows without generating code from what the server calls its columns, and sooner.
    disableEval: true,
    // Texts come with their values in place.
    queryFormat: (sql: string) => sql,
  });
  // mysql2 may tell more errors than the first one, and one that nobody hears ends the process.
  connection.on('error', () => {});
  const watch = watchAnswer(socket, {
    // mysql2 bounds the time of a login, and not what is sent meanwhile.
    silenceLimit: Number.POSITIVE_INFINITY,
    timeLimit: Number.POSITIVE_INFINITY,
    onBreach: (error) => {
      stranger = error;
      socket.destroy(error);
    },
  });
  try {
    await new Promise<void>((resolve, reject) => {
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
  } catch (error) {
    socket.destroy();
    throw translateMysqlError(stranger ?? error, target);
  } finally {
    watch.stop();
  }
  return wrap(connection, { socket, target });
}

/** Protocol version 10, or an error, after the packet's length and number. */
function isGreeting(bytes: Buffer): boolean {
  return bytes.length < 5 || bytes[4] === 10 || bytes[4] === 0xff;
}

function wrap(
  connection: Connection,
  { socket, target }: { readonly socket: Socket; readonly target: MysqlTarget },
): MysqlConnection {
  const inFlight = new Set<(error: unknown) => void>();
  // mysql2 tells some breaches of the protocol here and not to the statement that met them.
  const end = (error: unknown): void => {
    socket.destroy();
    for (const reject of inFlight) reject(error);
  };
  connection.on('error', end);
  const isOpen = (): boolean => !socket.destroyed && !socket.readableEnded;

  async function sendOne(
    text: Text,
    { silenceLimit = usualSilenceLimit, mostValues, stopsAtErrors = false }: SendOptions,
  ): Promise<readonly Answer[]> {
    if (!isOpen()) throw lost(new Error('the connection has ended'), target);
    const onRefusal = (): void => {
      if (text.count > 1 && !stopsAtErrors) socket.destroy();
    };
    let isBreach = false;
    const onBreach = (error: Error): void => {
      isBreach = true;
      end(error);
    };
    try {
      const options = { silenceLimit, mostValues, onBreach, inFlight, onRefusal };
      return await sendText({ connection, socket }, text, options);
    } catch (error) {
      const translated = translateMysqlError(error, target);
      if (wasEndedBefore(error)) socket.destroy();
      throw isBreach || translated.code !== 'unreachable' || isOpen()
        ? translated
        : lost(error, target);
    }
  }

  // The columns say in which characters they come, so a server where all is well is asked nothing:
  // it would cost every prompt a round trip. Elsewhere the first queries are asked twice.
  let isUtf8 = false;
  async function sendReadably(text: Text, options: SendOptions): Promise<readonly Answer[]> {
    const answers = await sendOne(text, options);
    if (isUtf8 || !answers.every(({ fields }) => fields) || !answers.some(isAnswerLossy)) {
      return answers;
    }
    await sendOne({ sql: `SET SESSION ${utf8Session}`, count: 1 }, options);
    isUtf8 = true;
    return sendOne(text, options);
  }

  // One after the other: what a server answers after an error must not be taken for the answer to
  // a text that mysql2 has sent meanwhile.
  let last: Promise<unknown> = Promise.resolve();
  return {
    get isOpen() {
      return isOpen();
    },
    send: (statements, options = {}) => {
      const turn = last.then(async () => {
        const answers: Answer[] = [];
        for (const text of composeTexts(statements)) {
          answers.push(...(await sendReadably(text, options)));
        }
        return answers.map(({ rows, found, fields }) => ({
          rows,
          found,
          hasRows: fields !== undefined,
        }));
      });
      last = turn.catch(() => {});
      return turn;
    },
    hear,
    close: () => close(connection, socket),
  };
}

/** One turn of the event loop may have begun before; the second one looks at the socket again. */
async function hear(): Promise<void> {
  for (let turn = 1; turn <= 2; turn += 1) await new Promise(setImmediate);
}

function isAnswerLossy({ fields }: Answer): boolean {
  return fields?.some(isLossy) ?? false;
}

/** A connection that stood and has ended: what it was used for may be done again over another. */
function lost(cause: unknown, target: MysqlTarget): StoreError {
  const { message } = translateMysqlError(cause, target);
  return new StoreError('unreachable', message, { cause, isConnectionLost: true });
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
