import type { ProcessProbe } from '../model/liveness.ts';
import type { Mode } from '../model/mode.ts';
import type { Worker } from '../model/task/task.ts';
import type { Store } from '../store/contract.ts';

/** Where a verb acts and for whom. Every verb takes it first. */
export interface Scope {
  readonly store: Store;
  readonly workspaceId: string;
  readonly worker: Worker;
  /** How to tell whether a claim's holder on this machine still runs. */
  readonly probe: ProcessProbe;
  /**
   * Id of the request that the verb answers, a UUID of version 7. Rows get ids that follow from it, and
   * events carry it, so that a request that is sent again makes the same.
   */
  readonly requestId?: string | undefined;
  /** Whom new tasks are for; only what creates tasks reads it. */
  readonly mode?: ModeSettings | undefined;
}

/** What the project's docket.json says of whom its tasks are for. */
export interface ModeSettings {
  readonly mode: Mode;
  /** Names of those that a task is for when nothing else says. */
  readonly client?: string | undefined;
  readonly project?: string | undefined;
}
