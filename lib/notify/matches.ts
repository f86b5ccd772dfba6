import type { NotifyTarget } from '../config/notify-targets.ts';
import type { ListEvent } from '../model/notify/webhook.ts';

/** Whether a target wants an event. One that is about no task has no client, project or type. */
export function matches(
  { verb, about }: Pick<ListEvent, 'verb' | 'about'>,
  { verbs, clients, projects, types }: NotifyTarget['only'],
): boolean {
  return (
    isAmong(verbs, verb) &&
    isAmong(clients, about?.client) &&
    isAmong(projects, about?.project) &&
    isAmong(types, about?.type)
  );
}

function isAmong(wanted: readonly string[] | null, value: string | null | undefined): boolean {
  return wanted === null || (typeof value === 'string' && wanted.includes(value));
}
