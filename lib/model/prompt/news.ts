import type { Worker } from '../task/task.ts';
import type { PromptClaim, PromptList, PromptTask } from './list.ts';

/** What a reader who knows an earlier list has to have told of it. */
export interface Since {
  /** The version of that list (`versionOf`). */
  readonly version: string;
  readonly seq: number;
  /** The tasks that the reader knows. */
  readonly keys: readonly string[];
}

/** Where a task stands: in a queue, closed, or split into subtasks. */
export type TaskState =
  | ('in_progress' | 'blocked' | 'ready' | 'scheduled' | 'waiting')
  | ('completed' | 'cancelled' | 'split');

/** How a task that the reader knows stands now, whether it is in the list or not. */
export interface TaskNow extends Omit<PromptTask, 'plan'> {
  readonly state: TaskState;
  /** Of a task in progress that the reader knows. */
  readonly claim: PromptClaim | null;
  /** The reason of a blocked task, the outcome of a closed one. */
  readonly detail: string | null;
}

/** One event of a task: who did what. */
export interface TaskEvent extends Worker {
  readonly key: string;
  readonly verb: string;
  /** Whether the task was not to begin yet, as far as is known now. */
  readonly wasEarly?: boolean;
}

/** What happened to a list since a reader knew it. */
export interface News {
  /** The tasks that the reader knows. */
  readonly tasks: readonly TaskNow[];
  /** The tasks of the events; of one in progress without its claim. */
  readonly touched: readonly TaskNow[];
  /** The events since, oldest first; undefined when there are too many to tell. */
  readonly events: readonly TaskEvent[] | undefined;
}

/** A list as it was read, with what the reader does not know yet. */
export interface PromptReading {
  readonly list: PromptList;
  /** Missing where nothing was asked, and where the list is the one that the reader knows. */
  readonly news?: News;
}
