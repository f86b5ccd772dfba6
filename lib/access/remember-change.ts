import { stateFolder } from '../config/paths.ts';
import { snapshotIdOf } from '../config/snapshot-id.ts';
import { amendSnapshot, readSnapshot } from '../state/snapshot.ts';
import { amendList, type Change } from './amend-list.ts';
import type { OpenList } from './list-context.ts';
import { rememberAwaited } from './remember-awaited.ts';

/**
 * Keeps what a verb has changed in the last list that prompts on this machine showed, for when the
 * database is away. `answer` is the verb's, of which the fields of a `Change` count.
 */
export function rememberChange({ context, env }: OpenList, verb: string, answer: unknown): void {
  if (context === undefined || !isChange(answer)) return;
  const folder = stateFolder(env);
  const session = env.CLAUDE_CODE_SESSION_ID?.trim();
  if (session) rememberAwaited(folder, session, { verb, answer });
  const id = snapshotIdOf(context);
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
