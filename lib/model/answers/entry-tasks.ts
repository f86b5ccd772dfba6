import * as z from 'zod/mini';
import { Priority, Status } from '../task/task.ts';
import { part } from './part.ts';
import { ClientView, ProjectView } from './registry.ts';
import { ClaimView } from './task.ts';

const EntryTask = z.object({
  key: z.string(),
  title: z.string(),
  status: Status,
  priority: Priority,
  parent: z.nullable(z.string()),
  parentTitle: z.nullable(z.string()),
  /** When it should be done. */
  due: z.nullable(z.string()),
  assignedAgent: z.nullable(z.string()),
  blockedReason: z.nullable(z.string()),
  claim: z.nullable(ClaimView),
});
export type EntryTask = z.infer<typeof EntryTask>;

/** The tasks that are for a client, or of a project. */
export const EntryTasks = z.object({
  /** In progress, blocked, pending: the first of them. */
  open: part(EntryTask),
  completed: z.int(),
  cancelled: z.int(),
  /** Archived tasks of the whole list, whoever they were for: they are not counted above. */
  archived: z.int(),
  /** Counting stops here, of open tasks, of closed ones and of archived ones. */
  totalLimit: z.int(),
  /** When this was read, by the database's clock. */
  at: z.string(),
});
export type EntryTasks = z.infer<typeof EntryTasks>;

export const ClientDetail = z.extend(EntryTasks, { client: ClientView });
export type ClientDetail = z.infer<typeof ClientDetail>;
export const ProjectDetail = z.extend(EntryTasks, { project: ProjectView });
export type ProjectDetail = z.infer<typeof ProjectDetail>;
