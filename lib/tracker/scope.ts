import type { ProcessProbe } from '../model/liveness.ts';
import type { Worker } from '../model/task.ts';
import type { Store } from '../store/contract.ts';

/** Where a verb acts and for whom. Every verb takes it first. */
export interface Scope {
  readonly store: Store;
  readonly workspaceId: string;
  readonly worker: Worker;
  /** How to tell whether a claim's holder on this machine still runs. */
  readonly probe: ProcessProbe;
}
