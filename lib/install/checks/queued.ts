import type { Env } from '../../config/paths.ts';
import type { Context } from '../../config/resolve.ts';
import { DocketError } from '../../model/errors.ts';
import { shellWord } from '../../model/shell-word.ts';
import { queuedElsewhere } from '../../outbox/elsewhere.ts';
import { ownQueue } from '../../outbox/own-queue.ts';
import { type Item, readQueue } from '../../outbox/queue.ts';
import { queueBeside } from '../../outbox/queue-folder.ts';
import { spellCounts } from '../../outbox/spell-sent.ts';
import { renderAgo } from '../../render/text/age.ts';
import type { Check } from '../check.ts';

const name = 'outbox';

/** Checks what waits on this machine for the list's database, or for one that it was in before. */
export function checkQueued(
  context: Context,
  { env, now }: { readonly env: Env; readonly now: number },
): readonly Check[] {
  const { workspace } = context;
  const queue = workspace && ownQueue({ ...context, workspace }, env);
  if (queue === undefined) return [];
  try {
    const items = readQueue(queue);
    const isKept = items.some(({ kind }) => kind !== 'waiting');
    const here = tell(items, now, isKept ? 'docket outbox list' : 'docket outbox retry');
    const elsewhere = queuedElsewhere(queue).flatMap(({ database }) => {
      const url = shellWord(database);
      const next = `docket outbox list --database ${url}; if that database is gone for good: docket outbox move ${url}`;
      return tell(readQueue(queueBeside(queue, database)), now, next, ` for ${database}`);
    });
    return [...here, ...elsewhere];
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    return [{ name, status: 'fail', message: error.message, next: error.hint }];
  }
}

function tell(items: readonly Item[], now: number, next: string, where = ''): readonly Check[] {
  const counts = spellCounts(items);
  if (counts === undefined) return [];
  const times = items.flatMap((item) => ('entry' in item ? [item.entry.at] : []));
  const oldest = new Date(Math.min(...times));
  const age = Number.isNaN(oldest.getTime())
    ? ''
    : `, the oldest ${renderAgo(oldest.toISOString(), new Date(now).toISOString())}`;
  return [{ name, status: 'warn', message: `${counts}${where}${age}`, next }];
}
