import { DocketError } from '../../lib/model/errors.ts';
import { type SortWord, sortWords } from '../../lib/model/task/filter.ts';
import type { Priority } from '../../lib/model/task/task.ts';
import { taskTypes } from '../../lib/model/task/types.ts';
import type { Flags, FlagValues } from '../command/command.ts';

/** The flags by which `list` and `ready` choose tasks and put them in order. */
export const filterFlags = {
  agent: { type: 'string', value: 'NAME', description: 'meant for this agent, or held by it' },
  client: { type: 'string', value: 'NAME', description: "for this client; '' for none" },
  project: { type: 'string', value: 'NAME', description: "of this project; '' for none" },
  type: {
    type: 'string',
    list: true,
    value: 'TYPE',
    choices: taskTypes,
    description: 'of these kinds',
  },
  priority: {
    type: 'string',
    list: true,
    value: 'P',
    description: 'of these priorities: 0, or 0-1',
  },
  label: { type: 'string', list: true, value: 'LABEL', description: 'with each of these labels' },
  parent: { type: 'string', value: 'KEY', description: 'everything below this task' },
  text: { type: 'string', value: 'WORDS', description: 'with these words in title or description' },
  sort: {
    type: 'string',
    value: 'ORDER',
    choices: sortWords,
    description: 'in this order; by time the newest first',
  },
} as const satisfies Flags;

/** Reads the filters that the flags give. @throws DocketError `usage` */
export function readFilters(flags: FlagValues<typeof filterFlags>) {
  const { agent, client, project, type, priority, label, parent, text, sort } = flags;
  return {
    ...{ agent, client, project, parent, text },
    labels: [...label],
    types: taskTypes.filter((each) => type.includes(each)),
    priorities: [...new Set(priority.flatMap(readPriorities))],
    sort: sortWords.find((each): each is SortWord => each === sort),
  };
}

const priorities = [0, 1, 2, 3, 4] as const satisfies readonly Priority[];

/** Reads one priority or a range of them: `0`, `P1`, `0-2`. @throws DocketError `usage` */
function readPriorities(text: string): readonly Priority[] {
  const [, first, last = first] = /^P?([0-4])(?:-P?([0-4]))?$/i.exec(text) ?? [];
  const found = priorities.filter((each) => each >= Number(first) && each <= Number(last));
  if (found.length > 0) return found;
  throw new DocketError('usage', `--priority: ${JSON.stringify(text)} is not allowed`, {
    hint: '--priority 0, --priority 0-1 or --priority 0,2',
  });
}
