import * as z from 'zod/mini';
import { WorkItemInput } from '../model/billing/work-item-input.ts';
import {
  addWorkItem,
  changeWorkItem,
  dropWorkItem,
  listWork,
  showWorkItem,
} from '../tracker/billing/work-items.ts';
import { Key, limit } from './fields.ts';
import { defineOperation } from './operation.ts';

/** The name of a client. */
const client = z.optional(z.string());

const answer = () =>
  import('../model/answers/work-item.ts').then(({ WorkItemAnswer }) => WorkItemAnswer);

const add = defineOperation({
  name: 'work-item.add',
  access: 'person',
  summary: 'Bill a completed task that was not billed',
  input: z.extend(WorkItemInput, { task: Key, client }),
  answer,
  run: async ({ scope }, { task, ...input }) => ({
    workItem: await addWorkItem(scope, task, input),
  }),
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

export const workItemOperations = { add, list, show, update, archive };
