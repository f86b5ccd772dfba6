import { endSession, type SessionStart, startSession } from '../tracker/runs/sessions.ts';
import type { Scope } from '../tracker/scope.ts';

/** An orchestrator's session, which lives as long as any of its plans runs. */
export interface SharedSession {
  /** @throws DocketError `unreachable` */
  enter(): Promise<void>;
  /** Never fails: without it the session looks alive until its process is gone, which is soon. */
  leave(): Promise<void>;
}

export function shareSession({ store }: Scope, session: SessionStart): SharedSession {
  let plans = 0;
  // One after the other: an end that is late must not end a session that was begun again.
  let last: Promise<unknown> = Promise.resolve();

  function next(work: () => Promise<void>): Promise<void> {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  }

  return {
    enter: () =>
      next(async () => {
        await startSession(store, session);
        plans += 1;
      }),
    leave: () =>
      next(async () => {
        plans -= 1;
        if (plans === 0) await endSession(store, session.id, 'other');
      }).catch(() => {}),
  };
}
