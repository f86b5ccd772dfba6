import * as z from 'zod/mini';

/** The format of a dump; another one means other lines. */
export const dumpFormat = 1;

const count = z.int().check(z.nonnegative());

/** The first line of a dump; the lists follow, each as docket's own file of a list has it. */
export const DumpHead = z.object({
  docket: z.literal('backup'),
  format: z.int(),
  version: z.string(),
  schema: z.int(),
  at: z.string(),
  lists: count,
  /** The users of the server, where whoever made the backup was told them. */
  users: z.optional(z.array(z.object({ name: z.string(), host: z.string() }))),
});

/** The last line, with a checksum of everything before it: of a dump, or of a file of one list. */
export const DumpEnd = z.union([
  z.strictObject({ end: z.literal('backup'), lists: count, sha256: z.string() }),
  z.strictObject({ end: z.literal('list'), rows: count, sha256: z.string() }),
]);
