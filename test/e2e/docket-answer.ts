import { z } from 'zod';

const task = z.looseObject({
  key: z.string(),
  title: z.string(),
  status: z.string(),
  claim: z
    .looseObject({ actor: z.string(), agent: z.string(), session: z.string(), since: z.string() })
    .nullable(),
  context: z
    .looseObject({
      files_created: z.array(z.string()).optional(),
      files_modified: z.array(z.string()).optional(),
    })
    .optional(),
});

/** What docket prints with --json. */
export const envelope = z.object({
  schemaVersion: z.literal(1),
  data: z.looseObject({ task: task.optional(), tasks: z.array(task).default([]) }),
});

/** The data of what docket prints. */
export type Answer = z.infer<typeof envelope>['data'];
