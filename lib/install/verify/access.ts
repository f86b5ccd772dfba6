import { renameSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Database } from '../../config/database.ts';
import { realPath } from '../../filesystem/path-facts.ts';
import {
  type Connection,
  type FileConnection,
  isLocalFile,
  type ServerConnection,
} from '../../model/connection.ts';
import { openRelay } from '../../tracker/database/relay.ts';

/** How the people of a verification get at the database, and how it is put out of their reach. */
export interface Access {
  readonly connection: Connection;
  /** The database as their project names it. */
  readonly database: Database;
  /** The round trips so far; undefined of a file, to which there are none. */
  readonly roundTrips: () => number | undefined;
  /** Why the server could not be reached the last time that it could not. */
  readonly failure: () => Error | undefined;
  /** Gives a text in which the database is named as its person knows it. */
  tell(text: string): string;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Opens a way to the database of their own, with what it takes below `folder`. */
export function openAccess(connection: Connection, folder: string): Promise<Access> {
  return isLocalFile(connection)
    ? Promise.resolve(linkTo(connection, folder))
    : relayTo(connection, folder);
}

/**
 * A file is reached over a link to its folder. An outage is that the link is gone, as of a disk that
 * is not mounted: the file itself is not touched, and nobody else goes over the link.
 */
function linkTo({ path }: FileConnection, folder: string): Access {
  const [link, away] = [join(folder, 'database'), join(folder, 'away')];
  const real = realPath(path) ?? path;
  symlinkSync(dirname(real), link);
  const own = { kind: 'sqlite', path: join(link, basename(real)) } as const;
  return {
    connection: own,
    database: own,
    roundTrips: () => undefined,
    failure: () => undefined,
    tell: (text) => text.replaceAll(own.path, path),
    cut: () => renameSync(link, away),
    mend: () => renameSync(away, link),
    close: async () => {},
  };
}

async function relayTo(server: ServerConnection, folder: string): Promise<Access> {
  const socket = join(folder, 'server');
  const relay = await openRelay(server, socket);
  const { host, port, database: name } = relay.connection;
  const address = server.socket ?? `${server.host}:${server.port}`;
  return {
    connection: relay.connection,
    database: { kind: 'mysql', host, port, name, user: undefined, sslOff: false },
    roundTrips: () => relay.flights,
    failure: () => relay.failure,
    tell: (text) => text.replaceAll(socket, address).replaceAll(`${host}:${port}`, address),
    cut: () => relay.cut(),
    mend: () => relay.mend(),
    close: () => relay.close(),
  };
}
