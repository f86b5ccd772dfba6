import type { Socket } from 'node:net';
import type { ServerConnection } from '../../../model/connection.ts';
import type { OpenOptions } from '../../contract.ts';

/**
 * A database behind the MySQL protocol, and how this person gets in. Never logged: it holds a
 * password.
 */
export type MysqlTarget = Omit<ServerConnection, 'kind'>;

export interface MysqlOpenOptions extends OpenOptions {
  /** For the first attempt: a socket to the server that nobody has read from. */
  readonly socket?: Socket;
}
