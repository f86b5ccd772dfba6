import { StoreError, type StoreErrorCode } from '../../errors.ts';
import { type DriverError, explainOutage, type Place } from './explain-outage.ts';

/** MySQL's word of a connection that was silent for too long, instead of an answer. */
const endedForSilence = 4031;

/** Whether a server had ended the connection before it read what this should have been the answer to. */
export function wasEndedBefore(error: unknown): boolean {
  return (error as DriverError | undefined)?.errno === endedForSilence;
}

/** Error numbers of MySQL and MariaDB; Dolt uses a few of them and 1105 for the rest. */
const codes: Readonly<Record<number, StoreErrorCode>> = {
  1040: 'too_many_connections',
  1203: 'too_many_connections', // of this user
  1226: 'too_many_connections', // of this account
  1020: 'conflict', // the row was changed since it was read
  1205: 'conflict', // waited too long for a row
  1213: 'conflict', // deadlock, Galera's certification, Dolt's merge
  1412: 'conflict', // a table was changed since the transaction began
  3101: 'conflict', // Group Replication's certification
  8022: 'conflict', // TiDB: the commit may be tried again
  8028: 'conflict', // TiDB: a table was changed since the transaction began
  9007: 'conflict', // TiDB: another one wrote the row
  1022: 'duplicate',
  1062: 'duplicate',
  1586: 'duplicate',
  1396: 'duplicate', // a user of that name
  1048: 'invariant', // NOT NULL
  1264: 'invariant', // out of range
  1364: 'invariant', // no value
  1366: 'invariant', // not of that type
  1406: 'invariant', // too long
  1451: 'invariant', // FOREIGN KEY
  1452: 'invariant',
  3819: 'invariant', // CHECK, MySQL
  4025: 'invariant', // CHECK, MariaDB
  1044: 'denied',
  1142: 'denied',
  1143: 'denied',
  1227: 'denied',
  1290: 'denied', // a read-only server
  1370: 'denied',
  1792: 'denied', // a read-only transaction
  1836: 'denied', // a read-only server
  1054: 'no_schema',
  1146: 'no_schema',
  1176: 'no_schema', // an index
  1021: 'unreachable', // disk full
  1114: 'unreachable', // table full
  1037: 'unreachable', // out of memory
  1041: 'unreachable',
  1045: 'unreachable', // wrong user name or password
  1046: 'unreachable', // no database
  1047: 'unreachable', // Galera: this node is outside the primary component
  1049: 'unreachable', // no such database
  1053: 'unreachable', // shutting down
  1129: 'unreachable', // this host is blocked
  1130: 'unreachable', // this host is not allowed
  1152: 'unreachable',
  1158: 'unreachable',
  1159: 'unreachable',
  1160: 'unreachable',
  1161: 'unreachable',
  1251: 'unreachable', // a way of logging in that we do not know
  1317: 'unreachable', // killed
  1698: 'unreachable', // logs in by socket only
  1820: 'unreachable', // password expired
  1862: 'unreachable',
  1927: 'unreachable', // killed
  1969: 'unreachable', // max_statement_time, MariaDB
  3024: 'unreachable', // max_execution_time, MySQL
  3032: 'unreachable', // in offline mode: expelled from its group
  3100: 'unreachable', // its group does not let it write
  3118: 'unreachable', // account locked
  3159: 'unreachable', // TLS required
  [endedForSilence]: 'unreachable',
  4151: 'unreachable', // account locked
  9001: 'unreachable', // TiDB: a part of the cluster does not answer, up to 9005
  9002: 'unreachable',
  9003: 'unreachable',
  9004: 'unreachable',
  9005: 'unreachable',
};

type Messages = readonly (readonly [RegExp, StoreErrorCode])[];

/**
 * What servers say under 1105, in the order in which it is looked for: Dolt 1.84, then Vitess and
 * TiDB.
 */
const messages1105: Messages = [
  // At COMMIT: another transaction was faster, so running it again finds a row to respect.
  [/constraint violations.*Unique Key/s, 'duplicate'],
  [/Operation CREATE USER failed/, 'duplicate'],
  [/constraint violations|serialization failure/, 'conflict'],
  [/[Cc]heck constraint|is too large for column|doesn't have a default value/, 'invariant'],
  [/command denied|Access denied|read.only/, 'denied'],
  [/could not be found in any table|table not found|unknown column/, 'no_schema'],
  [/no database selected|database not found|not allow insecure connections/, 'unreachable'],
  [/no healthy tablet available/, 'unreachable'],
  // TiDB, of a row that many wait for; of others it says 1205.
  [/^lock wait timeout$/, 'conflict'],
];

/** The numbers under which servers say very different things. */
const byMessage: Readonly<Record<number, Messages>> = {
  1105: messages1105,
  // What Group Replication certified away during COMMIT, which is not committed; or a broken disk.
  1180: [[/Lock deadlock; Retry transaction/, 'conflict']],
};

/** What people can see to when it fails: getting at the database, and what it lets them do. */
const outages: ReadonlySet<StoreErrorCode> = new Set([
  'unreachable',
  'too_many_connections',
  'denied',
]);

/** UTF-16 units: servers quote the statement or the value that they refuse. */
const longestMessage = 4_000;

/** Turns what mysql2, or the socket below it, reports of a server into a StoreError. */
export function translateMysqlError(error: unknown, place: Place): StoreError {
  if (error instanceof StoreError) return error;
  // A refusal by several addresses holds an error for each of them.
  const known: DriverError = error instanceof AggregateError ? error.errors[0] : error;
  const text = (known.message || known.code || String(error)).slice(0, longestMessage);
  const code = codeOf(known, text);
  const message = outages.has(code) ? explainOutage(known, text, place) : text;
  return new StoreError(code, message, { cause: error });
}

function codeOf({ errno, sqlState }: DriverError, text: string): StoreErrorCode {
  // Not from the server: refused, reset, silent, no such host, not this protocol, no valid
  // certificate. (The socket's numbers are negative.)
  if (errno === undefined || errno <= 0) return 'unreachable';
  const messages = byMessage[errno];
  if (messages !== undefined) {
    return messages.find(([pattern]) => pattern.test(text))?.[1] ?? 'failed';
  }
  return codes[errno] ?? (sqlState === '40001' ? 'conflict' : 'failed');
}
