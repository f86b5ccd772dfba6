import type { Connection } from '../../model/connection.ts';

/** A database behind the MySQL protocol, and how this person gets in. Never logged: it holds a password. */
export type MysqlTarget = Omit<Extract<Connection, { kind: 'mysql' }>, 'kind'>;
