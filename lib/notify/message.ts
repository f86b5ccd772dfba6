import { createHash } from 'node:crypto';
import type { ListEvent, Webhook } from '../model/notify/webhook.ts';
import { renderSlack } from '../render/notify/slack.ts';

/** The list that events are of. */
export interface ListName {
  readonly id: string;
  readonly slug: string;
}

/** Characters of what an event changed: a receiver is told what happened, and can ask for the rest. */
const mostCharacters = 16_000;

/** Leaves out what an event changed where that is long: a context has 256,000 characters. */
export function shorten(event: ListEvent): ListEvent & { readonly isShort: boolean } {
  const { length } = JSON.stringify([event.old, event.new]);
  return length <= mostCharacters
    ? { ...event, isShort: false }
    : { ...event, old: null, new: null, isShort: true };
}

/** Renders the body of a message. */
export function messageBody(
  format: 'json' | 'slack',
  { event: given, list }: { readonly event: ListEvent; readonly list: ListName },
): string {
  const { about, isShort, ...event } = shorten(given);
  if (format === 'slack') return JSON.stringify(renderSlack(event));
  const { id, slug } = list;
  const webhook: Webhook = {
    schemaVersion: 1,
    type: `${event.task === null ? 'list' : 'task'}.${event.verb}`,
    timestamp: event.createdAt,
    data: { list: { id, slug }, event, task: about, truncated: isShort },
  };
  return JSON.stringify(webhook);
}

/**
 * Names a message: the same at each attempt and after a restart, so that a receiver knows what it
 * has. A list that was restored gives a number a second time, to another event.
 */
export function messageId({ seq, createdAt, verb, session }: ListEvent, { id }: ListName): string {
  const named = JSON.stringify([id, seq, createdAt, verb, session]);
  return `msg_${createHash('sha256').update(named).digest('base64url').slice(0, 27)}`;
}
