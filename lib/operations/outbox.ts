/**
 * The verbs of what was queued while the database was away. They are about this machine's files, so
 * the front door runs them itself.
 */
import type { Verb } from './operation.ts';

const answers = () => import('../model/answers/queued.ts');

export const outboxList = {
  name: 'outbox.list',
  access: 'look',
  summary: 'What was queued while the database was away, and what conflicted',
  answer: () => answers().then(({ OutboxAnswer }) => OutboxAnswer),
} as const satisfies Verb;

export const outboxRetry = {
  name: 'outbox.retry',
  access: 'manage',
  summary: 'Send what is queued, and what conflicted once more',
  answer: () => answers().then(({ OutboxSent }) => OutboxSent),
} as const satisfies Verb;

export const outboxMove = {
  name: 'outbox.move',
  access: 'person',
  summary: 'Send here what is queued for a database that is gone for good',
  answer: () => answers().then(({ OutboxMoved }) => OutboxMoved),
} as const satisfies Verb;

export const outboxDrop = {
  name: 'outbox.drop',
  access: 'person',
  summary: 'Give a queued change up: it is never made',
  answer: () => answers().then(({ OutboxDropped }) => OutboxDropped),
} as const satisfies Verb;
