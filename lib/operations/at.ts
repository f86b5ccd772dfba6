import type { OpenList } from '../access/list-context.ts';
import type { PastAnswer } from '../model/answers/past.ts';
import { DocketError } from '../model/errors.ts';
import type { PastMoment } from '../model/task/moment.ts';
import { showPast } from '../tracker/past/show-past.ts';
import { keysOf, type NamedTasks } from './keys-of.ts';
import { list as listOperation } from './list.ts';
import { defineOperation } from './operation.ts';
import { listPast, requirePastMoment } from './past.ts';
import { ready } from './ready.ts';
import { show } from './show.ts';

export const at = defineOperation({
  name: 'at',
  access: 'look',
  summary: 'The list, or a task, as it was at a time',
  input: () => import('./plain-inputs.ts').then(({ AtInput }) => AtInput),
  answer: () => import('../model/answers/past.ts').then(({ PastAnswer }) => PastAnswer),
  async run(list, { time, verb, input = {} }): Promise<PastAnswer> {
    const { checkInput } = await import('./check-input.ts');
    const moment = requirePastMoment(time, 'end');
    if (verb === 'show') return showAt(list, moment, await checkInput(show, input));
    const operation = verb === 'list' ? listOperation : ready;
    const checked = await checkInput(operation, input);
    requireKnown(checked);
    return listPast(list, moment, (past) => operation.run(past, checked));
  },
});

/** Shows one task as it was, or several. */
export async function showAt(
  { scope }: OpenList,
  moment: PastMoment,
  named: NamedTasks,
): Promise<PastAnswer> {
  const keys = keysOf(named);
  const answer = await showPast(scope, {
    moment,
    keys: typeof keys === 'string' ? [keys] : keys,
  });
  const [only] = answer.details;
  return typeof keys === 'string' && only !== undefined ? { ...only, asOf: answer.asOf } : answer;
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
