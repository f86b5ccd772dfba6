import * as z from 'zod/mini';

const Lists = z.array(
  z.object({ slug: z.string(), tasks: z.int(), archived: z.int(), events: z.int() }),
);

/** A backup that was made. */
export const BackupAnswer = z.object({
  database: z.string(),
  /** SQLite's own file, lines that every engine takes, or what Dolt's server has written itself. */
  kind: z.enum(['db', 'jsonl', 'dolt']),
  /** Its path, or the URL by which the server finds it. */
  to: z.string(),
  /** Of a file. */
  bytes: z.nullable(z.int()),
  lists: Lists,
  /** The names of what backups before had begun, which were killed: it was removed. */
  drafts: z.array(z.string()),
  /** With `--keep`: what became of the backups that are there. */
  retention: z.nullable(
    z.object({
      kept: z.int(),
      removed: z.array(z.string()),
      /** Those that are not whole: they count for nothing, and stay. */
      broken: z.array(z.string()),
    }),
  ),
});
export type BackupAnswer = z.infer<typeof BackupAnswer>;

/** A backup that was restored. */
export const RestoreAnswer = z.object({
  /** The path of the backup, or the URL by which the server finds it. */
  from: z.string(),
  database: z.string(),
  /** Whether the server had no such database before. */
  madeDatabase: z.boolean(),
  lists: Lists,
  /** The command that brings back what no backup has: the users of a server. */
  next: z.nullable(z.string()),
});
export type RestoreAnswer = z.infer<typeof RestoreAnswer>;
