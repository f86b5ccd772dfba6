import type { EventView } from '../../model/answers/task.ts';
import { renderTime } from '../text/age.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { renderRows } from '../text/table.ts';
import { renderWho } from '../text/who.ts';

/** Lists the history, one line an event. */
export function renderEvents(events: readonly EventView[], style: OutputStyle): readonly string[] {
  const rows = events.map((event) => {
    const title = event.title === null ? '' : ` ${safeLine(event.title, 60)}`;
    const task = event.task === null ? '' : ` ${renderKey(event.task)}${title}`;
    const what = `${safeLine(event.verb, 40)}${task}`;
    const detail = detailOf(event);
    return [
      renderTime(event.createdAt),
      renderWho(event),
      `${what}${detail === '' ? '' : paint(style, 'dim', `  ${detail}`)}`,
    ];
  });
  return renderRows(rows, [{}, {}], style);
}

/**
 * Lists the new values by field. The verb already tells a status, the actor a claim, and the line
 * of a new task its title, if that still stands.
 */
function detailOf({ new: value, title, verb }: EventView): string {
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .filter(([name]) => !['status', 'claim', 'note'].includes(name))
    .filter(([name, field]) => verb !== 'created' || name !== 'title' || field !== title)
    .map(([name, field]) => `${safeLine(name, 40)}: ${fieldText(field)}`)
    .join(', ');
}

function fieldText(field: unknown): string {
  return safeLine(typeof field === 'string' ? field : (JSON.stringify(field) ?? ''), 80);
}
