import type { EventView } from '../../model/answers/task.ts';
import type { EventRow } from '../../store/tables/events.ts';
import { readJson } from '../stored-json.ts';

/** Views an event as `--json` shows it. */
export function viewEvent({ taskId: _, key, oldValue, newValue, ...event }: EventRow): EventView {
  return {
    ...event,
    task: key,
    old: oldValue === null ? null : readJson(oldValue),
    new: newValue === null ? null : readJson(newValue),
  };
}
