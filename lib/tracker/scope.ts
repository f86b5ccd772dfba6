import type { ProcessProbe } from '../model/liveness.ts';
import type { Mode } from '../model/mode.ts';
import type { Worker } from '../model/task/task.ts';
import type { Store } from '../store/contract.ts';

/** The workspace that a verb acts in, and the worker it acts for. Every verb takes it first. */
export interface Scope {
  readonly store: Store;
  readonly workspaceId: string;
  readonly worker: Worker;
  /** Tells whether a claim's holder on this machine still runs. */
  readonly probe: ProcessProbe;
  /**
   * The id of the request that the verb answers, a UUID of version 7. Rows get ids that follow from
   * it, and events carry it, so that a request that is sent again makes the same.
   */
  readonly requestId?: string | undefined;
  /** What holds of a request that was queued while the database was away, and is done once. */
  readonly queued?:
    | {
        /** The keys of the tasks that it makes, in their order, which its person was told. */
        readonly keys: readonly string[];
        /** The milliseconds since it was made. */
        readonly age: number;
        /** Whether it is for the holder of its task alone: a claim that has ended is refused. */
        readonly needsClaim: boolean;
      }
    | undefined;
  /** The mode of the project; only verbs that create tasks read it. */
  readonly mode?: ModeSettings | undefined;
  /** Whether a program gave the mode as an argument, and not the project's docket.json. */
  readonly isModeArgument?: boolean | undefined;
}

/** The attribution that the project's docket.json, or a program, gives to new tasks. */
export interface ModeSettings {
  /** `msp`: each is for a client; `development`: of a project; `normal`: neither. */
  readonly mode: Mode;
  /** The client and project of a task when nothing else names them. */
  readonly client?: string | undefined;
  readonly project?: string | undefined;
}
