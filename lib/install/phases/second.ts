import { ClaimAnswer, CreateAnswer, TaskList } from '../../model/answers/task.ts';
import { readAnswer } from '../verify/answers.ts';
import type { Phase } from '../verify/phase.ts';
import { must } from '../verify/phase-failure.ts';
import { mustShowList } from '../verify/shown-list.ts';

/** Somebody else, with a home of their own, sees the list and works on it, and the first hears of it. */
export const second: Phase = {
  name: 'second',
  title: 'a second user',
  needs: ['create'],
  async run({ first, second, workspace }) {
    // What was before is no news to the first.
    await first.hook('UserPromptSubmit', { prompt: 'What is new?' });
    const made = await first.docket(['create', 'Seen by both']);
    const { key } = readAnswer(CreateAnswer, made).task;
    mustShowList(await second.hook('SessionStart', { source: 'startup' }), workspace, key);
    const { tasks } = readAnswer(TaskList, await second.docket(['list']));
    must(
      tasks.some((task) => task.key === key),
      'the second user does not see a task of the first',
    );
    const { task } = readAnswer(ClaimAnswer, await second.docket(['claim', key]));
    must(task.claim?.actor === second.actor, 'the claim is not that of the second user');
    const told = await first.hook('UserPromptSubmit', { prompt: 'And now?' });
    mustShowList(told, workspace, key, second.actor);
  },
};
