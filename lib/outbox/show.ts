import type { OutboxEntry } from '../model/answers/queued.ts';
import { type Item, type Queue, readQueue } from './queue.ts';

/** Shows a queue as `docket outbox` answers it. */
export function showQueue(queue: Queue): OutboxEntry[] {
  return readQueue(queue).map((item) => showItem(queue, item));
}

export function showItem({ folder }: Queue, item: Item): OutboxEntry {
  const { id, name, kind } = item;
  const { verb = null, about = [], makes = [], at } = 'entry' in item ? item.entry : {};
  const kept = item.kind === 'kept' ? item.kept : undefined;
  return {
    ...{ id, state: kind, verb, about: [...about], makes: [...makes] },
    text: textOf(item),
    actor: item.kind === 'waiting' || item.kind === 'kept' ? item.entry.worker.actor : null,
    madeAt: at === undefined || !isTime(at) ? null : new Date(at).toISOString(),
    reason: kept?.reason ?? (item.kind === 'damaged' ? item.reason : null),
    hint: kept?.hint ?? null,
    file: `${folder}/${name}.json`,
  };
}

/** Whether these are milliseconds that a Date can hold. */
function isTime(value: number): boolean {
  return Math.abs(value) <= 8.64e15;
}

/** Gives the beginning of what a change says. */
function textOf(item: Item): string | null {
  if (item.kind !== 'waiting' && item.kind !== 'kept') return null;
  const { title, text, reason, outcome, report } = item.entry.input;
  const said = [
    title,
    text,
    reason,
    outcome,
    (report as { outcome?: unknown } | undefined)?.outcome,
  ];
  const found = said.find((each) => typeof each === 'string');
  return typeof found === 'string' ? found.slice(0, 200) : null;
}
