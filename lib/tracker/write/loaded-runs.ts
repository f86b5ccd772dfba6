import type { Run } from '../../model/run/run.ts';
import type { TouchedFiles } from '../../model/touched-file.ts';
import type { RunningTime } from '../../store/tables/running-times.ts';

/** The runs that a writing transaction has read, with the transaction's own changes. */
export class LoadedRuns {
  readonly #byTask = new Map<string, readonly Run[]>();
  readonly #bySession = new Map<string, readonly RunningTime[]>();
  readonly #touched = new Map<string, TouchedFiles>();

  /** Remembers all runs of a task, in the order they began and without their reports. */
  set(taskId: string, runs: readonly Run[]): void {
    this.#byTask.set(taskId, runs);
  }

  /** Gives the runs of a task; undefined when they were not read. */
  find(taskId: string): readonly Run[] | undefined {
    return this.#byTask.get(taskId);
  }

  /** Remembers the files that were edited for a task. */
  setTouched(taskId: string, files: TouchedFiles): void {
    this.#touched.set(taskId, files);
  }

  /** Gives the files that were edited for a task; undefined when they were not read. */
  findTouched(taskId: string): TouchedFiles | undefined {
    return this.#touched.get(taskId);
  }

  /** Remembers a changed run. */
  replace(run: Run): void {
    const runs = this.find(run.taskId) ?? [];
    this.set(
      run.taskId,
      runs.map((each) => (each.id === run.id ? run : each)),
    );
  }

  /** Forgets a run that is removed. */
  remove({ id, taskId }: Pick<Run, 'id' | 'taskId'>): void {
    this.set(
      taskId,
      (this.find(taskId) ?? []).filter((each) => each.id !== id),
    );
  }

  /** Remembers the times of the runs that a session has under way. */
  setTimes(session: string, times: readonly RunningTime[]): void {
    this.#bySession.set(session, times);
  }

  /**
   * Gives the times of the runs that a session has under way; undefined when they were not read.
   */
  findTimes(session: string): readonly RunningTime[] | undefined {
    return this.#bySession.get(session);
  }
}
