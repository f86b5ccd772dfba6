import type { RunningServer } from '../running-server.ts';

/** The servers of an engine that is tested on request: the members of a cluster, or one. */
export interface RequestedServers {
  readonly members: readonly [RunningServer, ...RunningServer[]];
  /** Ends all of them and removes everything they wrote. */
  stop(): Promise<void>;
}
