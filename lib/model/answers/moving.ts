import * as z from 'zod/mini';

const Counts = z.record(z.string(), z.int());

/** The rows of a list that is moved, by what they are. */
const Workspace = z.object({ id: z.string(), slug: z.string() });

/** A list that was written to a file. */
export const ExportAnswer = z.object({
  /** The path; null where it went to standard output. */
  file: z.nullable(z.string()),
  format: z.string(),
  workspace: Workspace,
  /** The rows of each table, or the tasks of a format that knows nothing else. */
  counts: Counts,
});
export type ExportAnswer = z.infer<typeof ExportAnswer>;

const moved = {
  /** As it stands there: its slug may be another one where that was taken. */
  workspace: Workspace,
  /** Whether nothing was done. */
  dryRun: z.boolean(),
  /** All rows of each table. */
  counts: Counts,
  /** The rows that were missing, were old, or had been taken away. */
  added: z.int(),
  changed: z.int(),
  removed: z.int(),
};

/** Tasks that were read from a file of another tracker. */
const ImportedTasks = z.object({
  file: z.string(),
  format: z.string(),
  /** Whether nothing was done. */
  dryRun: z.boolean(),
  added: z.int(),
  /** Tasks that an earlier import has made: they stay as they are. */
  known: z.int(),
  links: z.int(),
  notes: z.int(),
  /** Sentences about what is not as it was there. */
  remarks: z.array(z.string()),
});
export type ImportedTasks = z.infer<typeof ImportedTasks>;

/** A list that was read from docket's own file, or tasks from a file of another tracker. */
export const ImportAnswer = z.union([
  z.object({ file: z.string(), database: z.string(), ...moved }),
  ImportedTasks,
]);
export type ImportAnswer = z.infer<typeof ImportAnswer>;
export type ImportedList = Exclude<ImportAnswer, ImportedTasks>;

/** A list that was copied from one database to another. */
export const CopyAnswer = z.object({
  from: z.string(),
  to: z.string(),
  ...moved,
  /** The changes that sessions made meanwhile, which were copied as well. */
  followed: z.int(),
  /** Whether every change in the old place is refused from now on. */
  left: z.boolean(),
  /** The database that the list goes on in, where the old place is left for another one. */
  movedTo: z.nullable(z.string()),
});
export type CopyAnswer = z.infer<typeof CopyAnswer>;

/** What was archived, or would be. */
export const ArchiveAnswer = z.object({
  /** Whether nothing was done. */
  dryRun: z.boolean(),
  /** Trees whose last task ended before this were looked at. */
  before: z.string(),
  /** A tree is a task with everything below it. */
  archived: z.object({ trees: z.int(), tasks: z.int(), notes: z.int(), events: z.int() }),
  /**
   * How many such trees stay, by why: an unfinished task needs one (`needed`), a work item or an
   * invoice bills one (`billed`), an insight came from one (`learnt`), a task of one had another key
   * (`moved`), estimates and statistics measure one (`measured`), or it was opened again (`open`).
   */
  kept: z.record(z.string(), z.int()),
});
export type ArchiveAnswer = z.infer<typeof ArchiveAnswer>;
