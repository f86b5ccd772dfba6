import { ClaimAnswer, CreateAnswer, TaskDetail, TaskList } from '../../model/answers/task.ts';
import { readAnswer, readRefusal } from '../verify/answers.ts';
import type { Phase, Verification } from '../verify/phase.ts';
import { must } from '../verify/phase-failure.ts';
import { isAway, mustShowList } from '../verify/shown-list.ts';

/** Of two who want one task one gets it; an outage loses nothing, and is over when it is over. */
export const race: Phase = {
  name: 'race',
  title: 'a race of two, and an outage',
  needs: ['session', 'create'],
  async run(verification) {
    const keys: string[] = [];
    for (const word of ['first', 'second', 'third']) {
      keys.push(await contend(verification, `Of the ${word} to come`));
    }
    await outage(verification, keys.at(-1) ?? '');
  },
};

/** Starts two claims of one task at the same time, as processes. */
async function contend({ first, second }: Verification, title: string): Promise<string> {
  const made = await first.docket(['create', title]);
  const { key } = readAnswer(CreateAnswer, made).task;
  const people = [first, second];
  const claims = await Promise.all(people.map((person) => person.docket(['claim', key])));
  const winners = claims.filter(({ exitCode }) => exitCode === 0);
  for (const claim of claims) {
    if (winners.includes(claim)) readAnswer(ClaimAnswer, claim);
    else readRefusal('already_claimed', claim);
  }
  must(winners.length === 1, `${winners.length} of two claims at the same time were given a task`);
  const { task } = readAnswer(TaskDetail, await first.docket(['show', key]));
  const holder = people.findIndex(({ session }) => session === task.claim?.session);
  must(claims[holder] === winners[0], 'the task is held by the one who was refused');
  return key;
}

/** Cuts these people's way to the database, and mends it again. */
async function outage({ first, workspace, access }: Verification, key: string): Promise<void> {
  await first.hook('UserPromptSubmit', { prompt: 'What is new?' });
  access.cut();
  try {
    readRefusal('unreachable', await first.docket(['claim', key]));
    const { context, systemMessage } = await first.hook('UserPromptSubmit', { prompt: 'Still?' });
    must(
      isAway(context) && context.includes(key),
      'a prompt is not given the last list while the database is away',
    );
    must(systemMessage !== '', 'the person is not told that the database is away');
  } finally {
    access.mend();
  }
  const { tasks } = readAnswer(TaskList, await first.docket(['list']));
  must(
    tasks.some((task) => task.key === key && task.claim !== null),
    'a claim from before the outage is lost',
  );
  const back = await first.hook('UserPromptSubmit', { prompt: 'Is it back?' });
  mustShowList(back, workspace, key);
}
