import type { ProcessProbe } from '../../model/liveness.ts';

/** Who reads the block, and how it is labelled. */
export interface PromptReader {
  readonly actor: string;
  readonly session: string;
  /** The subagent or team-mate that reads; the main agent of the session by default. */
  readonly agent?: string;
  /** Whether an agent that docket runs reads it, which takes no tasks. */
  readonly isRun?: boolean;
  readonly probe: ProcessProbe;
  /** Says how old the list is, when the database is away and an earlier reading is shown. */
  readonly stale?: StaleList | undefined;
  /** The block's limit in UTF-16 units; 4,000 by default. */
  readonly limit?: number;
}

/** A list from before an outage. */
export interface StaleList {
  /** How long ago it was read: `12 min`. */
  readonly age: string;
  /** Whether what this machine's commands have changed since is in it. */
  readonly isAmended: boolean;
}
