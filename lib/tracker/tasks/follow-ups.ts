import type { TaskInput } from '../../model/task/input.ts';
import type { Task } from '../../model/task/task.ts';
import type { Write } from '../write/write.ts';
import { addTask } from './create.ts';
import { addNewLink } from './link.ts';

/**
 * Creates the follow-ups of a task.
 *
 * @returns their keys.
 */
export async function addFollowUps(
  write: Write,
  task: Task,
  inputs: readonly TaskInput[],
): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const input of inputs) {
    const followUp = await addTask(write, input, { foundIn: task });
    addNewLink(write, { task: followUp, target: task, type: 'discovered_from' });
    keys.push(followUp.key);
  }
  return keys;
}
