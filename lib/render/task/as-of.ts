import type { AsOf } from '../../model/answers/past.ts';
import { renderTime } from '../text/age.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';
import { type OutputStyle, paint } from '../text/style.ts';

/** Says of which moment a list is: `As of 2026-11-28 10:02, after event 412`. */
export function renderAsOf({ at, seq }: AsOf, style: OutputStyle): string {
  const event = seq === 0 ? 'before anything happened' : `after event ${seq}`;
  return `${paint(style, 'bold', `As of ${renderTime(at)}`)}${paint(style, 'dim', `, ${event}`)}`;
}

const tasksNamed = 5;

/** Says what is not known of a former moment. */
export function renderNotKnown({ missing, notKnown, damaged }: AsOf): readonly string[] {
  const fields = [...new Set(notKnown.flatMap((task) => task.fields))].map((field) =>
    safeLine(
      field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
      40,
    ),
  );
  const tasks = keysIn(notKnown.map(({ task }) => task));
  return [
    ...(notKnown.length === 0
      ? []
      : [
          `An older docket did not write how this was, so it is as it is now: ${fields.join(', ')} of ${tasks}`,
        ]),
    ...(damaged.length === 0
      ? []
      : [`Left out, as their archived trees are damaged: ${keysIn(damaged)}`]),
    ...(missing === 0
      ? []
      : [
          `${missing} events since then are no longer in the history: what they changed is as it is now`,
        ]),
  ];
}

function keysIn(all: readonly string[]): string {
  const keys = all.slice(0, tasksNamed).map(renderKey);
  const more = all.length - keys.length;
  return `${keys.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
