import type { Connection } from '../model/connection.ts';
import type { WorkspaceName } from '../tracker/database/join-workspace.ts';
import type { ModeSettings } from '../tracker/scope.ts';

/** The worker that a program acts as. */
export interface ProgramWorker {
  /** The actor as others see it: `alice@one`. */
  readonly actor: string;
  /** The session that holds its claims; a new one by default. */
  readonly session?: string;
  /** The agent inside the session; `main` by default. */
  readonly agent?: string;
}

/** The list that a folder means, as the command line finds it there. */
export interface FolderOptions {
  /** A path of this machine; a relative one begins in the folder that the process runs in. */
  readonly folder: string;
  /** A database URL that counts before any configuration. */
  readonly database?: string;
  /** The environment that configuration is looked up by; the process's own by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The worker; by default the session that the environment names, else this program. */
  readonly worker?: ProgramWorker;
}

/** A list that a folder means, whose changes are queued while its database is away. */
export interface QueueingOptions extends FolderOptions {
  /**
   * Whether `create`, `note`, `report`, and `block` and `close` of what the worker holds are written
   * to this machine's disk while the database is away, as on the command line.
   */
  readonly queue: true;
}

/** A list by its database and its name. */
export interface DatabaseOptions {
  /**
   * A SQLite file is made and migrated on the way, in a folder that exists; a server is migrated by
   * `docket migrate`. `parseConnection` makes one of a URL.
   */
  readonly connection: Connection;
  /** The list, as `.claude/docket.json` names it; made when the database does not have it. */
  readonly workspace: WorkspaceName;
  readonly worker: ProgramWorker;
  /** The attribution of new tasks; else each says so itself. */
  readonly mode?: ModeSettings;
}
