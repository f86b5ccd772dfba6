import * as z from 'zod/mini';
import { WorkItemInput } from '../model/billing/work-item-input.ts';
import { DocketError } from '../model/errors.ts';
import { personalTimeZone } from '../model/time-zone.ts';
import { billWork } from '../tracker/billing/add-work.ts';
import { invoiceWork } from '../tracker/billing/bill.ts';
import {
  addWorkItem,
  changeWorkItem,
  dropWorkItem,
  listWork,
  showWorkItem,
} from '../tracker/billing/work-items.ts';
import { BillInput } from './billing.ts';
import { Key, limit } from './fields.ts';
import { defineOperation } from './operation.ts';

/** The name of a client. */
const client = z.optional(z.string());

const answer = () =>
  import('../model/answers/work-item.ts').then(({ WorkItemAnswer }) => WorkItemAnswer);

const add = defineOperation({
  name: 'work-item.add',
  access: 'person',
  summary: 'Bill a completed task that was not billed, or work that had none',
  input: z.extend(WorkItemInput, {
    /** Without one, the work had no task: its client, minutes and problem are needed. */
    task: z.optional(Key),
    client,
    /** The day of work without a task, `YYYY-MM-DD`; else today. */
    day: z.optional(z.string()),
  }),
  answer,
  run: async ({ scope, env }, { task, day, ...input }) => {
    if (task !== undefined) {
      if (day === undefined) return { workItem: await addWorkItem(scope, task, input) };
      throw new DocketError('usage', 'a task has the day of its completion', {
        hint: 'Leave out KEY, or --day',
      });
    }
    const { client: name, minutes, problem } = input;
    if (name === undefined || minutes === undefined || problem === undefined) {
      throw new DocketError('usage', 'work without a task needs a client, minutes and a problem', {
        hint: 'docket work-item add --client NAME --minutes MINUTES --problem TEXT',
      });
    }
    const work = { ...input, client: name, minutes, problem, day };
    const ownTimeZone = personalTimeZone(env);
    return { workItem: await billWork(scope, { ...work, ownTimeZone }) };
  },
});

const invoice = defineOperation({
  name: 'work-item.invoice',
  access: 'person',
  summary: 'Mark what is billed in some days as invoiced: it does not change from then on',
  input: BillInput,
  answer: () => import('../model/billing/bill.ts').then(({ BillAnswer }) => BillAnswer),
  run: ({ scope, env }, { time_zone: timeZone, ...options }) =>
    invoiceWork(scope, { ...options, timeZone, ownTimeZone: personalTimeZone(env) }),
});

const list = defineOperation({
  name: 'work-item.list',
  access: 'look',
  summary: 'Work items, newest first',
  input: z.strictObject({ client, archived: z.optional(z.boolean()), limit }),
  answer: () => import('../model/answers/work-item.ts').then(({ WorkItemList }) => WorkItemList),
  run: ({ scope }, { client: name, archived: withArchived = false, limit: most = 50 }) =>
    listWork(scope, { client: name, withArchived, limit: most }),
});

const show = defineOperation({
  name: 'work-item.show',
  access: 'look',
  summary: 'Everything that is billed for a task',
  input: z.strictObject({ task: Key }),
  answer,
  run: async ({ scope }, { task }) => ({ workItem: await showWorkItem(scope, task) }),
});

const update = defineOperation({
  name: 'work-item.update',
  access: 'person',
  summary: 'Change what is billed for a task',
  input: z.extend(WorkItemInput, { task: Key }),
  answer,
  run: async ({ scope }, { task, ...input }) => ({
    workItem: await changeWorkItem(scope, task, input),
  }),
});

const archive = defineOperation({
  name: 'work-item.archive',
  access: 'person',
  summary: 'Take it off the bill: its task is no longer billable',
  input: z.strictObject({ task: Key }),
  answer,
  run: async ({ scope }, { task }) => ({ workItem: await dropWorkItem(scope, task) }),
});

export const workItemOperations = { add, list, show, update, archive, invoice };
