import { DocketError } from '../../model/errors.ts';
import { isStale } from '../../model/liveness.ts';
import type { Task } from '../../model/task/task.ts';
import { ask } from '../../store/sql/request.ts';
import { sessionsByIds } from '../../store/tables/sessions.ts';
import { isoTime } from '../stored-time.ts';
import type { Write } from '../write/write.ts';

/**
 * Refuses to change a task that another live session works on. Within one session the main agent
 * may act for its subagents.
 *
 * @throws DocketError `already_claimed` with the holder and the time.
 */
export async function requireOwnClaim(
  write: Write,
  task: Task,
  { force }: { force: boolean },
): Promise<void> {
  if (force || task.claim === null || task.claim.session === write.scope.worker.session) return;
  if (await isStaleClaim(write, task.claim)) return;
  throw alreadyClaimed(task, `it is theirs to change; --force overrides`);
}

/** Whether the holder of a claim has ended or is silent. */
export async function isStaleClaim(
  write: Write,
  claim: NonNullable<Task['claim']>,
): Promise<boolean> {
  const [holder] = await ask(write.db, sessionsByIds([claim.session]));
  return isStale(claim, holder, { now: isoTime(write.at), probe: write.scope.probe });
}

export function alreadyClaimed(task: Task, hint: string): DocketError {
  const { actor, agent, session, since } = task.claim ?? {
    actor: 'nobody',
    agent: 'main',
    session: '',
    since: '',
  };
  const who = agent === 'main' ? actor : `${actor} (agent ${agent})`;
  return new DocketError(
    'already_claimed',
    `${task.key} is claimed by ${who}, session ${session.slice(0, 8)}, since ${since}`,
    { hint },
  );
}
