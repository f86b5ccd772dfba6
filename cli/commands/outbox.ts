import { findListContext } from '../../lib/access/find-context.ts';
import type { ListInput, OpenList } from '../../lib/access/list-context.ts';
import { openList } from '../../lib/access/open-list.ts';
import { databaseUrl, parseDatabase } from '../../lib/config/database.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { outboxDrop, outboxList, outboxMove, outboxRetry } from '../../lib/operations/outbox.ts';
import { queuedElsewhere } from '../../lib/outbox/elsewhere.ts';
import { requireQueue } from '../../lib/outbox/hold-queue.ts';
import { moveQueue } from '../../lib/outbox/move-queue.ts';
import { ownQueue } from '../../lib/outbox/own-queue.ts';
import {
  type Item,
  type Queue,
  readQueue,
  releaseEntry,
  removeEntry,
} from '../../lib/outbox/queue.ts';
import { replay } from '../../lib/outbox/replay.ts';
import { showItem, showQueue } from '../../lib/outbox/show.ts';
import {
  renderDropped,
  renderMoved,
  renderOutbox,
  renderSent,
} from '../../lib/render/task/outbox.ts';
import { ListMoved } from '../../lib/tracker/database/has-moved.ts';
import { defineCommand, type Noun } from '../command/command.ts';
import type { CommandIo } from '../terminal/io.ts';

const list = defineCommand({
  verb: outboxList,
  usage: '',
  args: { min: 0, max: 0 },
  flags: {},
  examples: ['docket outbox list', 'docket outbox', 'docket outbox list --json'],
  async run({ flags: { database }, io }) {
    const queue = queueHere({ ...io, database });
    const data = { entries: showQueue(queue), elsewhere: queuedElsewhere(queue) };
    return { data, text: renderOutbox(data, frameOf(io)) };
  },
});

const retry = defineCommand({
  verb: outboxRetry,
  usage: '[ID]',
  args: { min: 0, max: 1 },
  flags: {},
  examples: ['docket outbox retry', 'docket outbox retry f3a2c1'],
  async run({ args: [id], flags: { database }, io }) {
    const input = { ...io, database };
    const queue = queueHere(input);
    const items = readQueue(queue);
    const named = id === undefined ? undefined : findItem(items, id);
    const open = await openList(input);
    try {
      for (const item of withFollowers(items, named)) releaseEntry(queue, item);
      const data = await sendNow(open, queue);
      return { data, text: renderSent(data, frameOf(io)) };
    } finally {
      await open.close();
    }
  },
});

const move = defineCommand({
  verb: outboxMove,
  usage: 'URL',
  args: { min: 1, max: 1 },
  flags: {},
  examples: ['docket outbox move mysql://lost.example.com:3306/docket'],
  async run({ args: [url = ''], flags: { database }, io }) {
    const input = { ...io, database };
    const queue = queueHere(input);
    const from = requireElsewhere(queue, databaseUrl(parseDatabase(url, io.cwd, io.env)));
    const open = await openList({ ...input, isExisting: true });
    try {
      const moved = await moveQueue(from, queue);
      const data = { moved, ...(await sendNow(open, queue)) };
      return { data, text: renderMoved(data, frameOf(io)) };
    } finally {
      await open.close();
    }
  },
});

/** Sends all that waits. @throws DocketError of the database; ListMoved */
async function sendNow({ scope }: OpenList, queue: Queue) {
  const sent = await replay(scope, queue, { budget: Number.POSITIVE_INFINITY });
  if (sent.failure !== undefined) throw sent.failure;
  if (sent.moved !== undefined) throw new ListMoved(sent.moved.database);
  const { arrived, kept, left } = sent;
  return { arrived, kept, left, entries: showQueue(queue) };
}

/** @throws DocketError `not_found`: nothing is queued for the list in that database */
function requireElsewhere(queue: Queue, url: string): string {
  if (queuedElsewhere(queue).some(({ database }) => database === url)) return url;
  const isOwn = url === queue.list.database;
  throw new DocketError('not_found', `nothing is queued for this list in ${url}`, {
    hint: isOwn ? 'That is its own database: docket outbox retry' : 'docket outbox list',
  });
}

const drop = defineCommand({
  verb: outboxDrop,
  usage: 'ID',
  args: { min: 1, max: 1 },
  flags: {},
  examples: ['docket outbox drop f3a2c1'],
  async run({ args: [id = ''], flags: { database }, io }) {
    const queue = queueHere({ ...io, database });
    const release = await requireQueue(queue);
    try {
      const item = findItem(readQueue(queue), id);
      const data = { dropped: showItem(queue, item) };
      removeEntry(queue, item);
      return { data, text: renderDropped(data) };
    } finally {
      release();
    }
  },
});

function frameOf({ style }: CommandIo) {
  return { style, now: new Date().toISOString() };
}

/** @throws DocketError `not_trusted` where the folder of the person's data is a project's */
function queueHere(input: ListInput): Queue {
  const queue = ownQueue(findListContext(input), input.env);
  if (queue !== undefined) return queue;
  throw new DocketError('not_trusted', 'the folder of your data is one that a project brought', {
    hint: 'Unset XDG_DATA_HOME, or run it in a terminal of your own',
  });
}

/** @throws DocketError `not_found`, `ambiguous_key` */
function findItem(items: readonly Item[], id: string): Item {
  const found = items.filter((item) => item.id === id.toLowerCase());
  const [only] = found;
  const hint = 'docket outbox list';
  if (only === undefined) {
    throw new DocketError('not_found', `nothing is queued as ${JSON.stringify(id)}`, { hint });
  }
  if (found.length === 1) return only;
  throw new DocketError('ambiguous_key', `${id} names ${found.length} changes`, { hint });
}

/** Gives an item with those that are kept because they follow it; without one all of them. */
function withFollowers(items: readonly Item[], named: Item | undefined): readonly Item[] {
  if (named === undefined) return items;
  const ids = new Set([named.id]);
  return items.filter((item) => {
    const follows = item.kind === 'kept' && ids.has(item.kept.waitsFor ?? '');
    if (follows) ids.add(item.id);
    return follows || item.id === named.id;
  });
}

export const command: Noun = {
  summary: 'What was queued while the database was away',
  alone: 'list',
  verbs: { list, retry, move, drop },
};
