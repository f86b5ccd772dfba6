import * as z from 'zod/mini';
import { archiveTasks } from '../tracker/archive/archive-tasks.ts';
import { defineOperation } from './operation.ts';

/** The fewest days: what ended lately is on screens, can be undone, and is worked on again. */
export const fewestDays = 30;

const day = 86_400_000;

export const archive = defineOperation({
  name: 'archive',
  access: 'person',
  summary: 'Take what ended long ago out of the list, still found and shown',
  input: z.strictObject({
    /** How many days ago the last task of a tree ended. */
    older_than_days: z.int().check(z.minimum(fewestDays), z.maximum(36_500)),
    /** Only says what would be done. */
    dry_run: z.optional(z.boolean()),
  }),
  answer: () => import('../model/answers/moving.ts').then(({ ArchiveAnswer }) => ArchiveAnswer),
  run: ({ scope }, { older_than_days: days, dry_run: dryRun }) =>
    archiveTasks(scope, { olderThan: days * day, dryRun }),
});
