import * as z from 'zod/mini';
import { slugPattern } from '../model/key.ts';
import { databasePattern, idPattern, longestSlug } from './config-patterns.ts';

const databaseUrl = z
  .string()
  .check(z.regex(databasePattern, { error: 'is not a sqlite: or mysql:// URL' }));

/** The schema of `.claude/docket.json`, which is committed: no secrets, no user name. */
export const ProjectConfig = z.looseObject({
  workspace: z.object({
    id: z.string().check(z.regex(idPattern, { error: 'is not a workspace id' })),
    slug: z
      .string()
      .check(z.regex(slugPattern, { error: 'is not a slug' }), z.maxLength(longestSlug)),
  }),
  database: z.optional(databaseUrl),
});
export type ProjectConfig = z.infer<typeof ProjectConfig>;

/** The schema of the person's own file, `docket/config.json` under XDG config. */
export const UserConfig = z.looseObject({
  database: z.optional(databaseUrl),
  /** The user at the database server; else DOCKET_USER, else the user of the system. */
  user: z.optional(z.string()),
});
export type UserConfig = z.infer<typeof UserConfig>;
