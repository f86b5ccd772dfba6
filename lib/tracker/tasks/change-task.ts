import type { TaskAnswer, TasksAnswer } from '../../model/answers/task.ts';
import type { Task } from '../../model/task/task.ts';
import { nothing } from '../../store/sql/request.ts';
import type { Scope } from '../scope.ts';
import { answer, answerTogether } from '../view/answer.ts';
import type { Write } from '../write/write.ts';
import { applyInTurn, type BringBack, type Keys, writeTasks } from './write-tasks.ts';

/** The answer about one key, or about several. */
export type AnswerAbout<K extends Keys> = K extends string ? TaskAnswer : TasksAnswer;

/**
 * Runs a verb on one task or on several: finds them, lets `apply` change each, and answers what
 * they have become.
 *
 * @throws DocketError what `apply` throws, `not_found`, `ambiguous_key`; of several keys, too, and
 * then nothing is changed.
 */
export function changeTask<K extends Keys>(
  scope: Scope,
  keys: K,
  apply: (write: Write, task: Task) => Promise<void>,
  bringBack?: BringBack,
): Promise<AnswerAbout<K>>;
export function changeTask(
  scope: Scope,
  keys: Keys,
  apply: (write: Write, task: Task) => Promise<void>,
  bringBack?: BringBack,
): Promise<TaskAnswer | TasksAnswer> {
  const work = async (write: Write, tasks: readonly Task[]) => {
    await applyInTurn(write, tasks, apply);
    return answerAbout(write, keys, tasks);
  };
  return writeTasks(scope, keys, work, bringBack);
}

/** Answers about one task where one key was named, about all of them where a list was. */
export async function answerAbout(
  write: Write,
  keys: Keys,
  tasks: readonly Task[],
): Promise<TaskAnswer | TasksAnswer> {
  const ids = tasks.map(({ id }) => id);
  if (typeof keys === 'string') return answer(write, ids[0] ?? '');
  const [answered] = await answerTogether(write, ids, nothing);
  return answered;
}
