import type { PastTaskList } from '../model/answers/past.ts';
import type { TaskList } from '../model/answers/task.ts';
import { DocketError } from '../model/errors.ts';
import { tellAsOf, viewPast } from '../tracker/past/as-of.ts';
import { list as listOperation } from './list.ts';
import { defineOperation } from './operation.ts';
import { type OpenPast, openPast, requirePastMoment } from './past.ts';
import { ready } from './ready.ts';

export const at = defineOperation({
  name: 'at',
  access: 'look',
  summary: 'The list as it was at a time',
  input: () => import('./plain-inputs.ts').then(({ AtInput }) => AtInput),
  answer: () => import('../model/answers/past.ts').then(({ PastTaskList }) => PastTaskList),
  async run(list, { time, verb, input = {} }): Promise<PastTaskList> {
    const operation = verb === 'list' ? listOperation : ready;
    const { checkInput } = await import('./check-input.ts');
    const checked = await checkInput(operation, input);
    requireKnown(checked);
    const opened = await openPast(list, requirePastMoment(time, 'end'));
    try {
      return await tellPast(opened, await operation.run(opened.list, checked));
    } finally {
      await opened.past.close();
    }
  },
});

/** Adds to a list that was looked at of which moment it is. */
export async function tellPast({ past }: OpenPast, found: TaskList): Promise<PastTaskList> {
  return {
    ...found,
    tasks: found.tasks.map(viewPast),
    asOf: await tellAsOf(past, found.tasks),
  };
}

/** Refuses what nobody knows of a former moment. @throws DocketError `usage` */
export function requireKnown(input: object): void {
  const { sort, all_workspaces: isEverywhere }: Readonly<Record<string, unknown>> = { ...input };
  const what =
    sort === 'updated'
      ? 'when its tasks were changed last'
      : isEverywhere === true
        ? 'other lists'
        : undefined;
  if (what === undefined) return;
  throw new DocketError('usage', `a list as it was does not tell ${what}`, {
    hint: 'docket at yesterday list',
  });
}
