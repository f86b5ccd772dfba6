import { createHash } from 'node:crypto';
import type { DatabaseUser } from '../../model/database-user.ts';
import type { Store } from '../../store/contract.ts';
import { knownVersion } from '../../store/migrations/known-version.ts';
import { walkLists } from '../moving/list-in-database.ts';
import { type FileOrigin, listLines } from '../moving/list-lines.ts';
import { type OnMoving, sumOf } from '../moving/moved-list.ts';
import { dumpFormat } from './dump-format.ts';
import type { ListSummary } from './list-summary.ts';

/**
 * Writes every list of a database as it stood at one moment, and keeps nobody waiting: a line that
 * says what it is, the lines of each list, and a checksum of all of them.
 *
 * @throws DocketError `unreachable`
 */
export async function writeDump(
  store: Store,
  {
    name,
    origin,
    users,
    write,
    onProgress = () => {},
  }: {
    /** What the database is called in messages. */
    readonly name: string;
    readonly origin: FileOrigin;
    /** The users of the server, by name alone; undefined where they are not known. */
    readonly users?: readonly DatabaseUser[] | undefined;
    write(text: string): void;
    readonly onProgress?: OnMoving | undefined;
  },
): Promise<readonly ListSummary[]> {
  const hash = createHash('sha256');
  const put = (text: string) => {
    hash.update(text);
    write(text);
  };
  return walkLists(store, name, async (lists) => {
    const { version, at } = origin;
    const head = { docket: 'backup', format: dumpFormat, version, schema: knownVersion, at };
    put(`${JSON.stringify({ ...head, lists: lists.length, users })}\n`);
    const total = lists.reduce((sum, { head: { counts } }) => sum + sumOf(counts), 0);
    let before = 0;
    for (const list of lists) {
      const onPage: OnMoving = ({ step, done }) => onProgress({ step, done: before + done, total });
      for await (const text of listLines(list, origin, onPage)) put(text);
      before += sumOf(list.head.counts);
    }
    const end = { end: 'backup', lists: lists.length, sha256: hash.digest('hex') };
    write(`${JSON.stringify(end)}\n`);
    return lists.map(({ head: { workspace, counts } }) => ({
      slug: workspace.slug,
      tasks: counts.tasks ?? 0,
      archived: counts.archived_tasks ?? 0,
      events: counts.task_events ?? 0,
    }));
  });
}
