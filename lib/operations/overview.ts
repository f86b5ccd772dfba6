import { databaseUrl } from '../config/database.ts';
import { personalTimeZone } from '../model/time-zone.ts';
import { overview as readOverview } from '../tracker/reads/overview.ts';
import { defineOperation } from './operation.ts';

export const overview = defineOperation({
  name: 'overview',
  access: 'look',
  summary: 'The list at a glance: who does what, what is next, how far plans are',
  input: () => import('./plain-inputs.ts').then(({ OverviewInput }) => OverviewInput),
  answer: () => import('../model/answers/overview.ts').then(({ OverviewAnswer }) => OverviewAnswer),
  async run({ scope, context, env }) {
    const read = await readOverview(scope, { timeZone: personalTimeZone(env) });
    return { ...read, database: context === undefined ? null : databaseUrl(context.database) };
  },
});
