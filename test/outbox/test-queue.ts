import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { QueuedVerb } from '../../lib/model/queued-verbs.ts';
import { makePolicy } from '../../lib/model/run/policy.ts';
import type { Entry } from '../../lib/outbox/entry.ts';
import { addEntry, type Queue } from '../../lib/outbox/queue.ts';
import { makeId } from '../../lib/tracker/ids.ts';
import type { Scope } from '../../lib/tracker/scope.ts';

/** An empty queue of a list, gone after the test. */
export function testQueue({ workspaceId }: Pick<Scope, 'workspaceId'>): Queue {
  const base = mkdtempSync(join(tmpdir(), 'docket-outbox-'));
  onTestFinished(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));
  return { folder: join(base, 'queue'), list: { database: 'a database', workspace: workspaceId } };
}

/** Makes the entry of a change, as `queueChange` does. */
export function entryOf(
  { workspaceId, worker }: Pick<Scope, 'workspaceId' | 'worker'>,
  verb: QueuedVerb,
  { input, ...more }: Partial<Entry> & Pick<Entry, 'input'>,
): Omit<Entry, 'format'> {
  const { task, tasks = [], parent, needs = [] } = input as Record<string, never>;
  const about = [task, ...tasks, parent, ...needs].filter((key) => key !== undefined);
  return {
    ...{ requestId: makeId(), verb, at: Date.now(), makes: [], about, input },
    ...{ database: 'a database', workspaceId, worker, needsClaim: false },
    ...(verb === 'report' ? { policy: makePolicy() } : {}),
    ...more,
  };
}

/** Queues a change; gives its entry. */
export function queueUp(
  queue: Queue,
  list: Pick<Scope, 'workspaceId' | 'worker'>,
  verb: QueuedVerb,
  change: Partial<Entry> & Pick<Entry, 'input'>,
): Omit<Entry, 'format'> {
  const entry = entryOf(list, verb, change);
  addEntry(queue, entry);
  return entry;
}
