import { writeSync } from 'node:fs';
import type { Connection } from '../../../lib/model/connection.ts';
import { makeKeyPart } from '../../../lib/model/key.ts';
import { addEntry, type Queue } from '../../../lib/outbox/queue.ts';
import { replay } from '../../../lib/outbox/replay.ts';
import { createProcessProbe } from '../../../lib/state/process-probe.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { makeId } from '../../../lib/tracker/ids.ts';

/** What a worker is told by its first argument. */
export interface Job {
  /** `queue` makes changes, `send` sends them until it is killed, `finish` until there is none. */
  readonly work: 'queue' | 'send' | 'finish';
  readonly connection: Connection;
  readonly queue: Queue;
  readonly slug: string;
  /** The task that notes are written on. */
  readonly task: string;
}

// Each change that is queued is told by its request id, once it is acknowledged.
const { work, connection, queue, slug, task } = JSON.parse(process.argv[2] ?? '') as Job;
const worker = { session: 'alice-session', agent: 'main', actor: 'alice@one' };
const { workspace: workspaceId, database } = queue.list;
const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));

function say(word: string): void {
  writeSync(1, `${word}\n`);
}

function add(verb: 'create' | 'note', about: readonly string[], input: object): void {
  const requestId = makeId();
  const named = { ...input, ...(verb === 'note' ? { text: requestId } : { title: requestId }) };
  const makes = verb === 'create' ? [`${slug}-${makeKeyPart(8, random)}`] : [];
  addEntry(queue, {
    ...{ requestId, verb, at: Date.now(), makes, about: [...about], input: named },
    ...{ database, workspaceId, worker, needsClaim: false },
  });
  say(requestId);
  const [key] = makes;
  if (key !== undefined) add('note', [key], { task: key });
}

async function send(): Promise<void> {
  const store = await openStore(connection);
  const list = { store, workspaceId, probe: createProcessProbe() };
  say('ready');
  for (;;) {
    const sent = await replay(list, queue, { budget: 600_000 });
    if (work === 'finish') {
      say(JSON.stringify({ kept: sent.kept, left: sent.left }));
      process.exit(0);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

if (work === 'queue') {
  say('ready');
  add('note', [task], { task });
  add('create', [], {});
  // It is killed, at the latest, while it waits.
  setTimeout(() => {}, 60_000);
} else await send();
