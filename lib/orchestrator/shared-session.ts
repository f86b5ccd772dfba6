import { endSession, type SessionStart, startSession } from '../tracker/runs/sessions.ts';
import type { Scope } from '../tracker/scope.ts';

/** The session of an orchestrator, which lives as long as any of its plans runs. */
export interface SharedSession {
  /**
   * Begins the session with the first plan.
   *
   * @throws DocketError `unreachable`
   */
  enter(): Promise<void>;
  /**
   * Ends the session with the last plan. It never fails: a session without an end looks alive only
   * until its process is gone, which is soon.
   */
  leave(): Promise<void>;
}

export function shareSession({ store }: Scope, session: SessionStart): SharedSession {
  let plans = 0;
  // Changes go one after the other: a late end must not end a session that has begun again.
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
