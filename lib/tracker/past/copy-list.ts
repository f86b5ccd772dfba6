import type { Db } from '../../store/contract.ts';
import { movedTable } from '../../store/moving/moved-tables.ts';
import type { MovedRow } from '../../store/moving/read-rows.ts';
import {
  eventsBetween,
  linksBetween,
  linkTables,
  tasksFrom,
} from '../../store/queries/past-source.ts';
import { ask, known, together } from '../../store/sql/request.ts';
import type { EventChange } from '../../store/tables/event-row.ts';
import type { Rebuilding } from './rebuilding.ts';
import { archivedKeysIn } from './rewind.ts';

/** Tasks and events that are read at first. Later pages have as many as a few megabytes hold. */
export const firstPage = 500;
const pageLength = 4_000_000;

interface EventRange {
  readonly after: number;
  readonly before: number;
}

interface Wanted {
  readonly workspaceId: string;
  /** The first tasks, which are read already. */
  readonly first: readonly MovedRow[];
  /** The later events. */
  readonly events: EventRange;
  /** Whether something of the list may be archived. */
  readonly hasArchive: boolean;
}

/** What the later events say of the archive. */
export interface Later {
  /** The keys of the trees that went there. */
  readonly archivedKeys: ReadonlySet<string>;
}

/**
 * Copies the tasks as they are now with their links, and the later events, the first of which are
 * read on the way. A link to an archived task waits for it; without it nothing reads it.
 */
export async function copyList(db: Db, target: Rebuilding, wanted: Wanted): Promise<Later> {
  const { workspaceId, events, hasArchive } = wanted;
  const tables = linkTables.filter((name) => hasArchive || name !== 'archived_links');
  let page = wanted.first;
  let size = firstPage;
  let later: readonly EventChange[] | undefined;
  for (;;) {
    const ids = page.map(({ id }) => String(id));
    const range = { from: ids[0] ?? '', to: ids.at(-1) ?? '' };
    const isFull = page.length === size;
    size = sizeAfter(page);
    const [links, next, found] = await ask(
      db,
      together(
        together(...(ids.length === 0 ? [] : tables.map((name) => linksBetween(name, range)))),
        isFull ? tasksFrom(workspaceId, { after: range.to, size }) : known([]),
        later === undefined
          ? eventsBetween(workspaceId, { ...events, size: firstPage })
          : known(later),
      ),
    );
    later = found;
    await target.addRows([
      ...page.map((row) => ({ table: movedTable('tasks'), row })),
      ...tables.flatMap((name, index) => {
        const table = movedTable(name === 'archived_links' ? 'task_dependencies' : name);
        return (links[index] ?? []).map((row) => ({ table, row }));
      }),
    ]);
    if (next.length === 0) return copyEvents(db, target, { workspaceId, events, first: later });
    page = next;
  }
}

async function copyEvents(
  db: Db,
  target: Rebuilding,
  {
    workspaceId,
    events,
    first,
  }: Pick<Wanted, 'workspaceId' | 'events'> & { readonly first: readonly EventChange[] },
): Promise<Later> {
  const archivedKeys = new Set<string>();
  let page = first;
  let size = firstPage;
  while (page.length > 0) {
    await target.addEvents(page);
    for (const event of page) for (const key of archivedKeysIn(event)) archivedKeys.add(key);
    const { seq = 0 } = page.at(-1) ?? {};
    if (page.length < size) break;
    size = sizeAfter(page);
    page = await ask(db, eventsBetween(workspaceId, { after: events.after, before: seq, size }));
  }
  return { archivedKeys };
}

/** Gives how many rows like these a page may have. */
export function sizeAfter(rows: readonly object[]): number {
  const length = rows.reduce((sum, row) => sum + lengthOf(row), 0);
  const average = length / Math.max(1, rows.length);
  return Math.max(100, Math.min(5_000, Math.floor(pageLength / Math.max(1, average))));
}

function lengthOf(row: object): number {
  return Object.values(row).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? value.length : 8),
    0,
  );
}
