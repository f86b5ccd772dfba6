import { CreateAnswer, TaskAnswer, TaskList } from '../../model/answers/task.ts';
import { readAnswer } from '../verify/answers.ts';
import { keyOf, type Phase } from '../verify/phase.ts';
import { must } from '../verify/phase-failure.ts';

/** A task that needs another one is not ready before that is done. */
export const link: Phase = {
  name: 'link',
  title: 'link and ready',
  needs: ['create'],
  async run(verification) {
    const { first, keys } = verification;
    const wire = keyOf(verification, 'wire');
    const made = readAnswer(CreateAnswer, await first.docket(['create', 'Paint the valve']));
    const { key } = made.task;
    keys.set('paint', key);
    must(await isReady(verification, key), 'a task that needs nothing is not ready');
    const { task } = readAnswer(TaskAnswer, await first.docket(['link', key, wire]));
    must(task.needs.includes(wire), 'the link is not in the task');
    must(!(await isReady(verification, key)), 'a task is ready whose dependency is unfinished');
  },
};

async function isReady({ first }: Parameters<Phase['run']>[0], key: string): Promise<boolean> {
  const { tasks } = readAnswer(TaskList, await first.docket(['ready']));
  return tasks.some((task) => task.key === key);
}
