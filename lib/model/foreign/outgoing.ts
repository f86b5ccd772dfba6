import { type Fields, isFields } from './foreign-task.ts';

/** A link of a task that is written for another tracker. */
export interface OutgoingLink {
  readonly type: string;
  readonly key: string;
  /** What another tracker said of the task that it leads to. */
  readonly imported: Fields | undefined;
  readonly createdAt: string;
  readonly createdBy: string;
}

/** A task as it is written for another tracker; times are ISO 8601. */
export interface OutgoingTask {
  readonly key: string;
  /** The container, and how far below the top it stands. */
  readonly parent: OutgoingTask | undefined;
  readonly level: number;
  readonly title: string;
  readonly description: string;
  readonly status: string;
  readonly type: string;
  readonly priority: number;
  readonly minutes: number | null;
  readonly labels: readonly string[];
  readonly reason: string | null;
  readonly outcome: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly due: string | null;
  readonly notBefore: string | null;
  readonly holder: string | null;
  /** What another tracker said of it, where it was imported. */
  readonly imported: Fields | undefined;
  readonly links: readonly OutgoingLink[];
  readonly notes: readonly {
    readonly id: string;
    readonly text: string;
    readonly author: string;
    readonly createdAt: string;
  }[];
}

/** Finds in a task's context what another tracker said of it. */
export function importedIn(context: unknown): Fields | undefined {
  try {
    const value: unknown = JSON.parse(String(context));
    return isFields(value) && isFields(value.imported) ? value.imported : undefined;
  } catch {
    return undefined;
  }
}
