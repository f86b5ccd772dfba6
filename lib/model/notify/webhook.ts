import * as z from 'zod/mini';
import { EventView } from '../answers/task.ts';
import { Priority, Status, TaskType } from '../task/task.ts';

/** The task of an event, as it is when the event is sent: what tells whom it is for. */
export const WebhookTask = z.object({
  key: z.string(),
  title: z.string(),
  status: Status,
  type: TaskType,
  priority: Priority,
  /** Slug of its client. */
  client: z.nullable(z.string()),
  /** Slug of its project. */
  project: z.nullable(z.string()),
});
export type WebhookTask = z.infer<typeof WebhookTask>;

/** An event of a list with the task that it is about. */
export const ListEvent = z.extend(EventView, { about: z.nullable(WebhookTask) });
export type ListEvent = z.infer<typeof ListEvent>;

/** The body of a webhook of the format `json`. A later version may add fields. */
export const Webhook = z.object({
  schemaVersion: z.literal(1),
  /** `task.` and the event's verb, `list.` where it is about no task. */
  type: z.string(),
  /** When it happened. */
  timestamp: z.string(),
  data: z.object({
    list: z.object({ id: z.string(), slug: z.string() }),
    event: EventView,
    task: z.nullable(WebhookTask),
    /** Whether `old` and `new` of the event were left out, as they are long. */
    truncated: z.boolean(),
  }),
});
export type Webhook = z.infer<typeof Webhook>;
