import { expect, test } from 'vitest';
import { resolveContext } from '../../../lib/config/resolve.ts';
import { snapshotIdOf } from '../../../lib/config/snapshot-id.ts';
import { checkQueued } from '../../../lib/install/checks/queued.ts';
import { keepEntry, type Queue, readQueue } from '../../../lib/outbox/queue.ts';
import { queueBeside, queueFolder } from '../../../lib/outbox/queue-folder.ts';
import { type CliHarness, openCliHarness, workspace } from '../../cli/cli-harness.ts';
import { queueUp } from '../../outbox/test-queue.ts';

const now = Date.parse('2026-11-21T12:00:00.000Z');
const worker = { session: 'alice-session', agent: 'main', actor: 'alice@one' };

function contextOf({ project, env }: CliHarness) {
  return resolveContext(project, env);
}

function queueOf({ project, env }: CliHarness): Queue {
  const { database } = resolveContext(project, env);
  const list = snapshotIdOf({ database, workspace });
  return { folder: queueFolder(env, list), list };
}

function queueNote(queue: Queue, minutesAgo: number): void {
  const { database } = queue.list;
  const at = now - minutesAgo * 60_000;
  const scope = { workspaceId: workspace.id, worker };
  queueUp(queue, scope, 'note', { input: { task: 'web-k3f9', text: 'x' }, database, at });
}

test('an empty queue is not worth a line', () => {
  const alice = openCliHarness();
  expect(checkQueued(contextOf(alice), { env: alice.env, now })).toEqual([]);
});

test('what waits is told with its number and the age of the oldest, in doctor as well', async () => {
  const alice = openCliHarness();
  for (const age of [120, 3]) queueNote(queueOf(alice), age);
  const [check] = checkQueued(contextOf(alice), { env: alice.env, now });
  expect(check).toEqual({
    ...{ name: 'outbox', status: 'warn', next: 'docket outbox retry' },
    message: '2 changes queued while the database was away, the oldest 2 h ago',
  });
  expect((await alice.run('doctor')).stdout).toMatch(/^warn {2}outbox +2 changes queued while/m);
});

test('what is kept is told with the command that says why', () => {
  const alice = openCliHarness();
  const queue = queueOf(alice);
  queueNote(queue, 1);
  const [item] = readQueue(queue);
  keepEntry(queue, item ?? expect.unreachable(), { code: 'not_found', reason: 'gone' });
  expect(checkQueued(contextOf(alice), { env: alice.env, now })).toMatchObject([
    {
      message: '1 change kept that could not be made, the oldest 1 min ago',
      next: 'docket outbox list',
    },
  ]);
});

test('what waits for a database that the project does not name is told with both ways out', () => {
  const alice = openCliHarness();
  const url = 'mysql://lost.example.com:3306/docket';
  queueNote(queueBeside(queueOf(alice), url), 60);
  expect(checkQueued(contextOf(alice), { env: alice.env, now })).toEqual([
    {
      ...{ name: 'outbox', status: 'warn' },
      message: `1 change queued while the database was away for ${url}, the oldest 1 h ago`,
      next: `docket outbox list --database '${url}'; if that database is gone for good: docket outbox move '${url}'`,
    },
  ]);
});
