import type { Run } from '../../model/run/run.ts';
import type { RunningTime } from '../../store/tables/runs.ts';

/** The runs that a writing transaction has read, with what it has done to them since. */
export class LoadedRuns {
  readonly #byTask = new Map<string, readonly Run[]>();
  readonly #bySession = new Map<string, readonly RunningTime[]>();

  /** Remembers all runs of a task, in the order they began and without their reports. */
  set(taskId: string, runs: readonly Run[]): void {
    this.#byTask.set(taskId, runs);
  }

  /** The runs of a task, or undefined when they were not read. */
  find(taskId: string): readonly Run[] | undefined {
    return this.#byTask.get(taskId);
  }

  /** Remembers what a run has become. */
  replace(run: Run): void {
    const runs = this.find(run.taskId) ?? [];
    this.set(
      run.taskId,
      runs.map((each) => (each.id === run.id ? run : each)),
    );
  }

  /** Remembers the time of the runs that a session has under way. */
  setTimes(session: string, times: readonly RunningTime[]): void {
    this.#bySession.set(session, times);
  }

  /** The time of the runs that a session has under way, or undefined when it was not read. */
  findTimes(session: string): readonly RunningTime[] | undefined {
    return this.#bySession.get(session);
  }
}
