import type { WorkItemView } from '../../lib/model/answers/work-item.ts';
import type { WorkItemInput } from '../../lib/model/billing/work-item-input.ts';
import {
  renderWorkItem,
  renderWorkItemDone,
  renderWorkItems,
} from '../../lib/render/registry/work-items.ts';
import {
  addWorkItem,
  changeWorkItem,
  dropWorkItem,
  listWork,
  showWorkItem,
} from '../../lib/tracker/billing/work-items.ts';
import type { Noun } from '../command/command.ts';
import {
  type CommandAnswer,
  type CommandIo,
  defineCommand,
  type Flags,
  type FlagValues,
} from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { limitFlag, readLimit } from '../flags/shared.ts';
import { readMinutes } from '../flags/task-fields.ts';
import { readText } from '../terminal/read-text.ts';

const one = { min: 1, max: 1 };
const inputFlags = {
  minutes: {
    type: 'string',
    value: 'MINUTES',
    description: "what to bill, before the client's rounding",
  },
  problem: { type: 'string', value: 'TEXT', description: 'what was wrong or wanted; - for stdin' },
  solution: { type: 'string', value: 'TEXT', description: 'what was done; - for stdin' },
  category: { type: 'string', value: 'TEXT', description: 'what it is billed as' },
} as const satisfies Flags;

const add = defineCommand({
  summary: 'Bill a completed task that was not billed',
  usage: 'KEY [--client NAME] [--minutes MINUTES]',
  args: one,
  flags: {
    client: { type: 'string', value: 'NAME', description: 'who is billed' },
    ...inputFlags,
  },
  examples: ["docket work-item add web-k3f9 --client 'Acme Corp' --minutes 45"],
  async run({ args: [key = ''], flags, io }) {
    const input = { ...readInput(flags, io), client: flags.client };
    return withScope({ flags, io }, async ({ scope }) =>
      answer('Billed', await addWorkItem(scope, key, input)),
    );
  },
});

const list = defineCommand({
  summary: 'Work items, newest first',
  usage: '[--client NAME] [--all]',
  args: { min: 0, max: 0 },
  flags: {
    client: { type: 'string', value: 'NAME', description: 'of this client' },
    all: { type: 'boolean', description: 'archived ones too' },
    ...limitFlag,
  },
  examples: ['docket work-item list', "docket work-item list --client 'Acme Corp' --limit 10"],
  async run({ flags, io }) {
    const limit = readLimit(flags, 50);
    const { client, all: withArchived } = flags;
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await listWork(scope, { client, withArchived, limit });
      return { data, text: renderWorkItems(data, io.style) };
    });
  },
});

const show = defineCommand({
  summary: 'Everything that is billed for a task',
  usage: 'KEY',
  args: one,
  flags: {},
  examples: ['docket work-item show web-k3f9'],
  async run({ args: [key = ''], flags, io }) {
    return withScope({ flags, io }, async ({ scope }) => {
      const workItem = await showWorkItem(scope, key);
      return { data: { workItem }, text: renderWorkItem(workItem, io.style) };
    });
  },
});

const update = defineCommand({
  summary: 'Change what is billed for a task',
  usage: 'KEY [--minutes MINUTES] [--problem TEXT] [--solution TEXT] [--category TEXT]',
  args: one,
  flags: inputFlags,
  examples: [
    'docket work-item update web-k3f9 --minutes 30',
    "docket work-item update web-k3f9 --category consulting --solution 'Restarted nmbd'",
  ],
  async run({ args: [key = ''], flags, io }) {
    const input = readInput(flags, io);
    return withScope({ flags, io }, async ({ scope }) =>
      answer('Updated', await changeWorkItem(scope, key, input)),
    );
  },
});

const archive = defineCommand({
  summary: 'Take it off the bill: its task is no longer billable',
  usage: 'KEY',
  args: one,
  flags: {},
  examples: ['docket work-item archive web-k3f9'],
  async run({ args: [key = ''], flags, io }) {
    return withScope({ flags, io }, async ({ scope }) =>
      answer('Archived', await dropWorkItem(scope, key)),
    );
  },
});

export const command: Noun = {
  summary: 'Work items: what was done for clients, to be billed',
  verbs: { add, list, show, update, archive },
};

function readInput(flags: FlagValues<typeof inputFlags>, io: CommandIo): WorkItemInput {
  const { minutes, problem, solution, category } = flags;
  return {
    ...(minutes === undefined ? {} : { minutes: readMinutes('minutes', minutes) }),
    ...(problem === undefined ? {} : { problem: readText(problem, io) }),
    ...(solution === undefined ? {} : { solution: readText(solution, io) }),
    ...(category === undefined ? {} : { category }),
  };
}

function answer(verb: string, workItem: WorkItemView): CommandAnswer {
  return { data: { workItem }, text: renderWorkItemDone(verb, workItem) };
}
