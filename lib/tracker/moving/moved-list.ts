import type { MovedTable } from '../../store/moving/moved-tables.ts';
import type { MovedRow } from '../../store/moving/read-rows.ts';

/** The workspace that is moved. */
export interface MovedWorkspace {
  readonly id: string;
  readonly slug: string;
  /** The number of its last event. */
  readonly seq: number;
  readonly task_count: number;
  readonly root_commit: string | null;
  readonly origin: string | null;
  /** ISO 8601. */
  readonly created_at: string;
  readonly created_by: string;
}

/** How many rows each table has. */
export type Counts = Readonly<Record<string, number>>;

/** The beginning of a list that is moved. */
export interface MovedHead {
  readonly workspace: MovedWorkspace;
  readonly counts: Counts;
}

/** A list as it is read, table by table and page by page, in the order of `movedTables`. */
export interface MovedList {
  readonly head: MovedHead;
  pages(table: MovedTable): AsyncIterable<readonly MovedRow[]>;
  /** Finds an event by its number. */
  event(seq: number): Promise<MovedRow | undefined>;
}

/** Whence a list comes: each walk reads one state of it from its beginning. */
export interface MovedSource {
  /** What it is called in messages: a file's path, a database's URL. */
  readonly name: string;
  walk<T>(work: (list: MovedList) => Promise<T>): Promise<T>;
}

/** What a walk did, or would do. */
export interface Tally {
  readonly added: Counts;
  readonly changed: Counts;
  readonly removed: Counts;
}

/** How far a walk has come. */
export interface MovingProgress {
  /** `read`: looks at what there is to do, `write`: does it, `compare`: looks at what was done. */
  readonly step: 'check' | 'read' | 'write' | 'compare';
  readonly done: number;
  readonly total: number;
}

/** Hears how far the moving of a list is. */
export type OnMoving = (progress: MovingProgress) => void;

export function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
