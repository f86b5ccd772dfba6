import type { TaskView } from '../model/answers/task.ts';
import { readSession, writeSession } from '../state/session-state.ts';

/** The verbs by which a session has its own tasks wait for others. */
const verbs: ReadonlySet<string> = new Set(['create', 'plan', 'link']);

/** A session that waits for more is told of the newest. */
const most = 20;

/** The part of a verb's answer that has tasks in it. */
interface Answer {
  readonly task?: Pick<TaskView, 'key' | 'status' | 'blockers'>;
  readonly subtasks?: readonly Pick<TaskView, 'key' | 'status' | 'blockers'>[];
}

/**
 * Keeps for a session which of its tasks wait, and for what: the person is told, at a prompt, when
 * another session has finished that.
 */
export function rememberAwaited(
  stateFolder: string,
  session: string,
  { verb, answer }: { readonly verb: string; readonly answer: Answer },
): void {
  if (!verbs.has(verb)) return;
  const tasks = [...(answer.task === undefined ? [] : [answer.task]), ...(answer.subtasks ?? [])];
  const waiting = tasks.filter(
    ({ status, blockers }) => status === 'pending' && blockers.length > 0,
  );
  if (waiting.length === 0) return;
  const state = readSession(stateFolder, session);
  const keys = new Set(waiting.map(({ key }) => key));
  const kept = (state.awaited ?? []).filter(({ key }) => !keys.has(key));
  const awaited = [...kept, ...waiting.map(({ key, blockers }) => ({ key, needs: blockers }))];
  writeSession(stateFolder, session, { ...state, awaited: awaited.slice(-most) });
}
