import type { Reader } from '../../contract.ts';
import { bindParameters } from '../bind-parameters.ts';
import { isLossy, utf8Session } from '../characters.ts';
import { dialect } from '../db.ts';
import { translateMysqlError } from '../errors.ts';
import { watchGreeting } from '../greeting.ts';
import { reach } from '../reach.ts';
import type { MysqlOpenOptions, MysqlTarget } from '../target.ts';
import { logIn } from './login.ts';
import { PacketStream } from './packet-stream.ts';
import { readResult } from './result.ts';

const quit = Buffer.from([1]);

/**
 * Opens a server without TLS to be asked and nothing else, with the few packets that this takes of
 * the protocol: on every prompt of everybody on a server, mysql2 takes 5 ms more to load and to
 * run, a quarter of Node's start. It neither reconnects nor waits for a server that is full; how
 * long it may take is the caller's to say.
 *
 * @throws StoreError
 */
export async function openReader(
  target: MysqlTarget,
  { socket: reached, onFirstByte }: Pick<MysqlOpenOptions, 'socket' | 'onFirstByte'>,
): Promise<Reader> {
  const socket = reached ?? (await reach(target));
  const stranger = watchGreeting(socket, onFirstByte);
  const stream = new PacketStream(socket);
  try {
    await logIn(stream, target);
  } catch (error) {
    socket.destroy();
    throw translateMysqlError(stranger() ?? error);
  }

  async function ask(statement: string) {
    try {
      stream.ask(Buffer.from(`\x03${statement}`));
      return await readResult(stream);
    } catch (error) {
      socket.destroy();
      throw translateMysqlError(error);
    }
  }

  return {
    dialect,
    query: async (sql, params = []) => {
      const statement = bindParameters(sql, params);
      const { columns, rows } = await ask(statement);
      if (!columns.some(isLossy)) return rows;
      await ask(`SET SESSION ${utf8Session}`);
      return (await ask(statement)).rows;
    },
    close: async () => {
      if (socket.destroyed) return;
      stream.ask(quit);
      socket.destroySoon();
    },
  };
}
