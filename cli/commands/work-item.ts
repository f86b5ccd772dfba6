import { personalTimeZone } from '../../lib/model/time-zone.ts';
import { workItemOperations as operations } from '../../lib/operations/work-item.ts';
import { billTitle } from '../../lib/render/bill/bill-columns.ts';
import { renderBillTable } from '../../lib/render/bill/table.ts';
import {
  renderWorkItem,
  renderWorkItemDone,
  renderWorkItems,
} from '../../lib/render/registry/work-items.ts';
import type { Flags, FlagValues, Noun } from '../command/command.ts';
import { operationCommand } from '../command/operation-command.ts';
import { billFlags, readBillInput } from '../flags/bill.ts';
import { givenFlags, withLimit } from '../flags/given.ts';
import { limitFlag, readLimit } from '../flags/shared.ts';
import { readMinutes } from '../flags/task-fields.ts';
import type { CommandIo } from '../terminal/io.ts';
import { readOptionalText } from '../terminal/read-text.ts';

const one = { min: 1, max: 1 };
const words = { what: 'work item:' };
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

const add = operationCommand({
  operation: operations.add,
  usage: '[KEY] [--client NAME] [--minutes MINUTES] [--problem TEXT] [--day DAY]',
  args: { min: 0, max: 1 },
  flags: {
    client: { type: 'string', value: 'NAME', description: 'who is billed' },
    ...inputFlags,
    day: {
      type: 'string',
      value: 'DAY',
      description: 'when work without a task was done, YYYY-MM-DD; else today',
    },
  },
  examples: [
    "docket work-item add web-k3f9 --client 'Acme Corp' --minutes 45",
    "docket work-item add --client 'Acme Corp' --minutes 20 --problem 'Printer on site'",
  ],
  input: async ({ args: [task], flags, io }) => ({
    task,
    client: flags.client,
    day: flags.day,
    ...(await readInput(flags, io)),
  }),
  words,
  text: ({ workItem }) => renderWorkItemDone('Billed', workItem),
});

const listFlags = {
  client: { type: 'string', value: 'NAME', description: 'of this client' },
  all: { type: 'boolean', description: 'archived ones too' },
  ...limitFlag,
} as const satisfies Flags;

const list = operationCommand({
  operation: operations.list,
  usage: '[--client NAME] [--all]',
  args: { min: 0, max: 0 },
  flags: listFlags,
  examples: ['docket work-item list', "docket work-item list --client 'Acme Corp' --limit 10"],
  input: ({ flags: { client, all, limit } }) => ({
    client,
    archived: all,
    limit: readLimit({ limit }),
  }),
  text: (answer, { flags, io }) =>
    renderWorkItems(answer, {
      style: io.style,
      timeZone: personalTimeZone(io.env),
      more: withLimit(`docket work-item list${givenFlags(listFlags, flags)}`, answer.total),
    }),
});

const show = operationCommand({
  operation: operations.show,
  usage: 'KEY',
  args: one,
  flags: {},
  examples: ['docket work-item show web-k3f9'],
  input: ({ args: [task = ''] }) => ({ task }),
  text: ({ workItem }, { io }) => renderWorkItem(workItem, io.style),
});

const update = operationCommand({
  operation: operations.update,
  usage: 'KEY [--minutes MINUTES] [--problem TEXT] [--solution TEXT] [--category TEXT]',
  args: one,
  flags: inputFlags,
  examples: [
    'docket work-item update web-k3f9 --minutes 30',
    "docket work-item update web-k3f9 --category consulting --solution 'Restarted nmbd'",
  ],
  input: async ({ args: [task = ''], flags, io }) => ({ task, ...(await readInput(flags, io)) }),
  words,
  text: ({ workItem }) => renderWorkItemDone('Updated', workItem),
});

const archive = operationCommand({
  operation: operations.archive,
  usage: 'KEY',
  args: one,
  flags: {},
  examples: ['docket work-item archive web-k3f9'],
  input: ({ args: [task = ''] }) => ({ task }),
  text: ({ workItem }) => renderWorkItemDone('Archived', workItem),
});

const invoice = operationCommand({
  operation: operations.invoice,
  usage: '[--client NAME] [--from DAY] [--to DAY] [--time-zone ZONE]',
  args: { min: 0, max: 0 },
  flags: billFlags,
  examples: ["docket work-item invoice --client 'Acme Corp' --from 2026-11-01 --to 2026-11-30"],
  input: ({ flags }) => readBillInput(flags),
  text: (bill, { io }) =>
    bill.items.length === 0
      ? `${billTitle(bill)}\nThere is nothing to invoice.`
      : `Invoiced:\n${renderBillTable(bill, io.style)}`,
});

export const command: Noun = {
  summary: 'Work items: what was done for clients, to be billed',
  verbs: { add, list, show, update, archive, invoice },
};

async function readInput(flags: FlagValues<typeof inputFlags>, io: CommandIo) {
  const { minutes, problem, solution, category } = flags;
  return {
    minutes: readMinutes('minutes', minutes),
    problem: await readOptionalText(problem, io),
    solution: await readOptionalText(solution, io),
    category,
  };
}
