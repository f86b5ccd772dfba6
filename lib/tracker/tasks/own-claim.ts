import { DocketError } from '../../model/errors.ts';
import { isStale } from '../../model/liveness.ts';
import type { Task, Worker } from '../../model/task/task.ts';
import { mainAgent, ownerOf } from '../../model/worker.ts';
import { ask } from '../../store/sql/request.ts';
import { sessionsByIds } from '../../store/tables/sessions.ts';
import { isoTime } from '../stored-time.ts';
import type { Write } from '../write/write.ts';

/**
 * Refuses to change a task that another live session works on. The agents of one session may act
 * for each other, and so may the commands of one person.
 *
 * @throws DocketError `already_claimed` with the holder and the time.
 */
export async function requireOwnClaim(
  write: Write,
  task: Task,
  { force }: { force: boolean },
): Promise<void> {
  const { worker } = write.scope;
  if (force || task.claim === null) return;
  if (ownerOf(task.claim.session) === ownerOf(worker.session)) return;
  if (await isStaleClaim(write, task.claim)) return;
  throw alreadyClaimed(task, worker, 'it is theirs to change; --force overrides');
}

/**
 * Whether a worker may take a live claim over: a session from its agents, and a person at the
 * terminal from what commands without one hold.
 */
export function mayTakeOver({ session, agent }: Worker, claim: Task['claim']): boolean {
  if (claim === null || agent !== mainAgent) return false;
  return ownerOf(claim.session) === session;
}

/** Whether the holder of a claim has ended or is silent. */
export async function isStaleClaim(
  write: Write,
  claim: NonNullable<Task['claim']>,
): Promise<boolean> {
  const [holder] = await ask(write.db, sessionsByIds([claim.session]));
  return isStale(claim, holder, { now: isoTime(write.at), probe: write.scope.probe });
}

/** Makes the error of a task that another worker than `reader` holds. */
export function alreadyClaimed(task: Task, reader: Worker, hint: string): DocketError {
  const claim = task.claim ?? { actor: 'nobody', agent: mainAgent, session: '', since: '' };
  return new DocketError(
    'already_claimed',
    `${task.key} is claimed by ${nameHolder(claim, reader)}, since ${claim.since}`,
    { hint },
  );
}

function nameHolder({ session, agent, actor }: Worker, reader: Worker): string {
  if (session === reader.session) {
    return `${agent === mainAgent ? 'the main agent' : agent} in this session`;
  }
  const who = agent === mainAgent ? actor : `${actor} (agent ${agent})`;
  return `${who}, session ${session.slice(0, 8)}`;
}
