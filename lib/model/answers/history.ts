import * as z from 'zod/mini';
import { Archived } from '../task/archived.ts';
import { RunView } from './run.ts';
import { NoteView } from './task.ts';

/** A field that an event changed, by the name that a task's answer has for it. */
export const FieldChange = z.object({
  /** `priority`, `claim`, `context.reason`, `key`, `needs` ... */
  field: z.string(),
  from: z.unknown(),
  to: z.unknown(),
});
export type FieldChange = z.infer<typeof FieldChange>;

/** What happened once to a task. */
export const HistoryEvent = z.object({
  /** The number of the event in the history of the whole list. */
  seq: z.int(),
  /** The task's key as it is now. */
  task: z.string(),
  title: z.string(),
  /** What happened: `created`, `claimed`, `completed` ... */
  verb: z.string(),
  actor: z.string(),
  session: z.string(),
  agent: z.string(),
  createdAt: z.string(),
  changes: z.array(FieldChange),
  /** Fields that it may have changed: an older docket did not write how they were before. */
  notKnown: z.array(z.string()),
  /** What the event says beside the fields, by name: a reason, the other end of a link ... */
  details: z.record(z.string(), z.unknown()),
  /** The note that it added. */
  note: z.nullable(NoteView),
  /** The runs that it began, ended or was part of, as they are now, with their reports. */
  runs: z.array(RunView),
});
export type HistoryEvent = z.infer<typeof HistoryEvent>;

/** What happened to a task, and with `all` to everything below it, oldest first. */
export const HistoryAnswer = z.object({
  key: z.string(),
  title: z.string(),
  /** The keys that the task had before it was moved; they still find it. */
  formerKeys: z.array(z.string()),
  /** The newest of its events. */
  events: z.array(HistoryEvent),
  /** The titles, by key, of what its tasks were linked to. */
  titles: z.record(z.string(), z.string()),
  /** How many there are in all; counting stops at `totalLimit`. */
  total: z.int(),
  totalLimit: z.int(),
  /** Missing of a task in the list. */
  archived: z.optional(Archived),
  /** When this was read, by the database's clock. */
  at: z.string(),
});
export type HistoryAnswer = z.infer<typeof HistoryAnswer>;
