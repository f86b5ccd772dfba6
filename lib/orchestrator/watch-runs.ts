import type { OnProgress } from '../model/answers/progress.ts';
import { DocketError } from '../model/errors.ts';
import { heartbeatOfProcess, recordHeartbeat } from '../state/heartbeat.ts';
import { findLiveRuns } from '../tracker/runs/runs.ts';
import { writeHeartbeat } from '../tracker/runs/sessions.ts';
import type { Orchestration } from './orchestration.ts';

/** Milliseconds between two polls for runs that others have ended: one indexed read. */
const pollEvery = 2_000;

export interface RunWatch {
  /** Aborts `end` when others end the run: its task was cancelled, closed or taken. */
  add(run: { readonly id: string; readonly taskId: string; readonly end: AbortController }): void;
  remove(runId: string): void;
  stop(): void;
}

/** Keeps the orchestrator's session alive, and notices what others do to its runs. */
export function watchRuns({ scope, session }: Orchestration, onProgress: OnProgress): RunWatch {
  const watched = new Map<string, { taskId: string; end: AbortController }>();
  // The session has just been written when its runs begin.
  const heartbeat = heartbeatOfProcess(Date.now());
  let isLooking = false;
  let isAway = false;
  const timer = setInterval(() => void poll(), pollEvery);

  async function poll(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      await recordHeartbeat(heartbeat, () => writeHeartbeat(scope.store, session));
      const runs = [...watched];
      if (runs.length === 0) return;
      const live = await findLiveRuns(scope, [...new Set(runs.map(([, { taskId }]) => taskId))]);
      for (const [id, { end }] of runs) if (watched.has(id) && !live.has(id)) end.abort();
      isAway = false;
    } catch (error) {
      // The agents go on; their reports are tried again until the database is back.
      if (!isAway) onProgress({ kind: 'retrying', what: 'the database', reason: messageOf(error) });
      isAway = true;
    } finally {
      isLooking = false;
    }
  }

  return {
    add: ({ id, taskId, end }) => watched.set(id, { taskId, end }),
    remove: (id) => watched.delete(id),
    stop: () => clearInterval(timer),
  };
}

function messageOf(error: unknown): string {
  return error instanceof DocketError || error instanceof Error ? error.message : String(error);
}
