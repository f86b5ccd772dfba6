import type { Freed } from '../../model/prompt/awaited.ts';
import { safeLine } from '../text/safe-text.ts';
import { renderWho } from '../text/who.ts';

const most = 3;
const titleLimit = 60;

/** Says to a person which of their tasks became ready, and by whom. */
export function renderFreed(freed: readonly Freed[]): string {
  const lines = freed.slice(0, most).map(({ task, finished }) => {
    const ready = `${name(task)} is ready`;
    if (finished === undefined) return ready;
    const { by, title } = finished;
    const verb = by.verb === 'completed' ? 'finished' : 'cancelled';
    return `${renderWho(by)} ${verb} ${name({ key: by.key, title })}; ${ready}`;
  });
  const rest = freed.length > most ? [`+${freed.length - most} more: docket ready`] : [];
  return `docket: ${[...lines, ...rest].join('. ')}`;
}

function name({ key, title }: { readonly key: string; readonly title: string }): string {
  return `${safeLine(key, 60)} ${safeLine(title, titleLimit)}`.trimEnd();
}
