import { stateFolder } from '../config/paths.ts';
import { snapshotIdOf } from '../config/snapshot-id.ts';
import { ownerOf } from '../model/worker.ts';
import { keepClaimMarks, type MarkedTask } from '../state/claim-marks.ts';
import { amendSnapshot, readSnapshot } from '../state/snapshot.ts';
import { amendList, type Change, type ListedTask } from './amend-list.ts';
import type { OpenList } from './list-context.ts';
import { rememberAwaited } from './remember-awaited.ts';

/**
 * Keeps what a verb has changed, for when the database is away: whose claims the tasks are, and the
 * last list that prompts on this machine showed. `answer` is the verb's, of which the fields of a
 * `Change` count.
 */
export function rememberChange(
  { scope, context, env }: OpenList,
  verb: string,
  answer: unknown,
): void {
  if (context === undefined || !isChange(answer)) return;
  const folder = stateFolder(env);
  const session = env.CLAUDE_CODE_SESSION_ID?.trim();
  if (session) rememberAwaited(folder, session, { verb, answer });
  const id = snapshotIdOf(context);
  const marked = markTasks(answer, scope.worker.session);
  if (marked.length > 0) keepClaimMarks(folder, id, marked);
  const last = readSnapshot(folder, id);
  if (last === undefined) return;
  try {
    amendSnapshot(folder, id, { ...last, list: amendList(last.list, answer) });
  } catch {
    // What was kept makes no sense. The verb has done its work all the same.
  }
}

/** An answer of docket's own: the fields have the types of their names. */
function isChange(answer: unknown): answer is Change {
  if (typeof answer !== 'object' || answer === null) return false;
  return 'task' in answer || 'tasks' in answer || 'note' in answer;
}

/** Tells of each task in an answer whether whoever acts for a session holds it now. */
function markTasks(
  { task, tasks, subtasks, others }: Change,
  session: string,
): readonly MarkedTask[] {
  const owner = ownerOf(session);
  // A client's answer has its tasks by their parts, which claims none.
  const several = [tasks, subtasks, others].flatMap((each) => (Array.isArray(each) ? each : []));
  const told: readonly ListedTask[] = task === undefined ? several : [task, ...several];
  return told.map(({ key, claim }) => {
    if (!claim || ownerOf(claim.session) !== owner) return { key, mark: undefined };
    const { session, agent, actor, since } = claim;
    return { key, mark: { session, agent, actor, since } };
  });
}
