import { DocketError } from '../../model/errors.ts';
import { isStale } from '../../model/liveness.ts';
import { spellSpan } from '../../model/span.ts';
import { isClosed } from '../../model/task/status.ts';
import type { Task, Worker } from '../../model/task/task.ts';
import { mainAgent, ownerOf, sessionTag, spellActor, spellBranch } from '../../model/worker.ts';
import { ask } from '../../store/sql/request.ts';
import { lastEventOfRun } from '../../store/tables/events.ts';
import { sessionsByIds } from '../../store/tables/sessions.ts';
import { isoTime } from '../stored-time.ts';
import { taskRuns } from '../write/load-runs.ts';
import type { Write } from '../write/write.ts';

/**
 * Refuses to change a task that another live worker has claimed. The main agent of a session acts
 * for all of its agents, one of these for itself alone, and a person's commands for each other.
 *
 * @throws DocketError `already_claimed` with the holder and the time.
 */
export async function requireOwnClaim(
  write: Write,
  task: Task,
  {
    force,
    hint = 'it is theirs to change; --force overrides',
  }: { force: boolean; readonly hint?: string },
): Promise<void> {
  const { worker, queued } = write.scope;
  if (queued?.needsClaim && !isHolder(worker, task.claim)) throw claimIsOver(write, task);
  if (force || task.claim === null || isHolder(worker, task.claim)) return;
  if (await isStaleClaim(write, task.claim)) return;
  throw alreadyClaimed(write, task, hint);
}

/** Makes the error of a queued change whose worker held the task when it was made. */
function claimIsOver(write: Write, task: Task): DocketError {
  const { key, status } = task;
  const hint = `docket show ${key}`;
  if (task.claim !== null) return alreadyClaimed(write, task, hint);
  return isClosed(status)
    ? new DocketError('invalid_transition', `${key} was ${status} meanwhile`, { hint })
    : new DocketError('not_claimed', `${key} is no longer yours: its claim has ended`, { hint });
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

/** The hint of a verb that has no `--force` of its own. */
export function takeItFirst({ key }: Task): string {
  return `it is theirs to change; docket claim ${key} --steal --force takes it over`;
}

/**
 * Refuses a worker that believes it still holds a task: its claim was ended by others. Workers that
 * never held it, or gave it up themselves, may change its fields.
 *
 * @throws DocketError `already_claimed`, `not_claimed`, `invalid_transition`
 */
export async function requireNotLate(
  write: Write,
  task: Task,
  { force }: { readonly force: boolean },
): Promise<void> {
  const { worker } = write.scope;
  if (force || isHolder(worker, task.claim)) return;
  const own = (await taskRuns(write, task.id)).findLast(
    ({ session, agentId }) => session === worker.session && agentId === worker.agent,
  );
  if (own === undefined) return;
  const end = await ask(write.db, lastEventOfRun(task.id, own.id));
  const isOthers = own.status === 'lost' || (end !== undefined && !isHolder(worker, end));
  if (!isOthers) return;
  const hint = `docket show ${task.key}; --force changes it all the same`;
  if (task.claim !== null) {
    const who = nameHolder(task.claim, worker);
    const message = `${task.key} is no longer yours: ${who} took it ${ago(write, task.claim)}`;
    throw new DocketError('already_claimed', message, { hint });
  }
  const who = own.status === 'lost' || end === undefined ? 'another' : nameHolder(end, worker);
  if (isClosed(task.status)) {
    const message = `${task.key} is ${task.status}: ${who} closed it while you were at it`;
    throw new DocketError('invalid_transition', message, { hint });
  }
  throw new DocketError('not_claimed', `${task.key} is no longer yours: ${who} took it from you`, {
    hint: `docket claim ${task.key} takes it again; --force changes it all the same`,
  });
}

/** Whether a claim is the worker's, or that of an agent which the worker answers for. */
export function isHolder({ session, agent }: Worker, claim: Worker | null): boolean {
  if (claim === null || ownerOf(claim.session) !== ownerOf(session)) return false;
  return agent === mainAgent || agent === claim.agent;
}

/** Makes the error of a task that another worker than the one who writes holds. */
export function alreadyClaimed(write: Write, task: Task, hint: string): DocketError {
  const claim = task.claim ?? { actor: 'nobody', agent: mainAgent, session: '', since: '' };
  const reader = write.scope.worker;
  const { branch } = task.claim ?? {};
  const isTold = branch !== undefined && claim.session !== reader.session;
  const where = isTold ? `, ${spellBranch(branch)}` : '';
  return new DocketError(
    'already_claimed',
    `${task.key} is claimed by ${nameHolder(claim, reader)}, ${ago(write, claim)}${where}`,
    { hint },
  );
}

function ago({ at }: Write, { since }: { readonly since: string }): string {
  const age = spellSpan(Date.parse(isoTime(at)) - Date.parse(since));
  return age === 'now' ? 'just now' : `${age} ago`;
}

function nameHolder({ session, agent, actor }: Worker, reader: Worker): string {
  if (session === reader.session) {
    return `${agent === mainAgent ? 'the main agent' : agent} in this session`;
  }
  return `${spellActor(actor)}${sessionTag(session)}${agent === mainAgent ? '' : `/${agent}`}`;
}
