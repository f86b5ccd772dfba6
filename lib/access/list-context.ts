import type { Env } from '../config/paths.ts';
import type { Context } from '../config/resolve.ts';
import type { Scope } from '../tracker/scope.ts';

/** The folder, environment and, on a command line, the database that a front door was started with. */
export interface ListInput {
  readonly env: Env;
  /** Undefined when the working folder was removed: the session's own folder is meant then. */
  readonly cwd: string | undefined;
  /** Whether a person sits at a terminal of the process, as by default. */
  readonly isTerminal?: (() => boolean) | undefined;
  /** Whether it is asked again and again for a person who may be away: no sign of life. */
  readonly isWatching?: boolean | undefined;
  /** Whether it may change the list, so that nothing that was queued may come after it. */
  readonly isWriting?: boolean | undefined;
  /** Whether the database must have the list, so that none is begun in it. */
  readonly isExisting?: boolean | undefined;
  /** Tells the person of something on the way. */
  readonly progress?: ((line: string) => void) | undefined;
  /** A database URL that counts before any configuration. */
  readonly database?: string | undefined;
}

/** A configuration that has a list. */
export type ListContext = Context & { readonly workspace: NonNullable<Context['workspace']> };

/** An open list, as every operation gets it. */
export interface OpenList {
  readonly scope: Scope;
  /**
   * The configuration that led to this list; undefined where a program named database and workspace
   * itself.
   */
  readonly context?: ListContext | undefined;
  readonly env: Env;
}
