import * as z from 'zod/mini';
import { registryNouns } from '../model/registry/insight.ts';
import { NoteText } from '../model/task/input.ts';
import { insightsFor } from '../tracker/insights/insights.ts';
import {
  addInsight,
  archiveInsight,
  changeInsight,
  listAllInsights,
  showInsight,
} from '../tracker/insights/verbs.ts';
import { Key, limit } from './fields.ts';
import { defineOperation } from './operation.ts';

/** The kind and the name of the entry that an insight is about. */
const About = z.strictObject({ about: z.enum(registryNouns), name: z.string() });

const answer = () =>
  import('../model/answers/insight.ts').then(({ InsightAnswer }) => InsightAnswer);

const add = defineOperation({
  name: 'insight.add',
  access: 'manage',
  summary: 'Keep a lasting fact about a client, a project or infrastructure',
  input: z.extend(About, { text: NoteText }),
  answer,
  run: async ({ scope }, { text, ...about }) => ({ insight: await addInsight(scope, text, about) }),
});

const list = defineOperation({
  name: 'insight.list',
  access: 'look',
  summary: 'What is known, newest first',
  input: z.strictObject({
    of: z.optional(About),
    /** Lists what an agent at this task is told; it takes the place of the other fields. */
    task: z.optional(Key),
    archived: z.optional(z.boolean()),
    limit,
  }),
  answer: () => import('../model/answers/insight.ts').then(({ InsightList }) => InsightList),
  async run({ scope }, { of: about, task, archived: withArchived = false, limit: most = 50 }) {
    if (task === undefined) {
      return listAllInsights(scope, { about, withArchived, limit: most });
    }
    const insights = [...(await insightsFor(scope, task))];
    const { length: total } = insights;
    return { insights, total, totalLimit: total };
  },
});

const show = defineOperation({
  name: 'insight.show',
  access: 'look',
  summary: 'One fact and where it was learnt',
  input: z.strictObject({ id: Key }),
  answer,
  run: async ({ scope }, { id }) => ({ insight: await showInsight(scope, id) }),
});

const update = defineOperation({
  name: 'insight.update',
  access: 'manage',
  summary: 'Say a fact better',
  input: z.strictObject({ id: Key, text: NoteText }),
  answer,
  run: async ({ scope }, { id, text }) => ({ insight: await changeInsight(scope, id, text) }),
});

const archive = defineOperation({
  name: 'insight.archive',
  access: 'manage',
  summary: 'Tell it to nobody any more',
  input: z.strictObject({ id: Key, restore: z.optional(z.boolean()) }),
  answer,
  run: async ({ scope }, { id, restore: isRestored = false }) => ({
    insight: await archiveInsight(scope, id, { isRestored }),
  }),
});

export const insightOperations = { add, list, show, update, archive };
