import { renameSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findListContext } from '../../../lib/access/find-context.ts';
import { OutboxAnswer } from '../../../lib/model/answers/queued.ts';
import { holdQueue } from '../../../lib/outbox/hold-queue.ts';
import { ownQueue } from '../../../lib/outbox/own-queue.ts';
import { openCliHarness } from '../cli-harness.ts';

test('what another process is sending just now is not said to be given up', async () => {
  const alice = openCliHarness();
  const key = await alice.create('Task');
  renameSync(alice.database, `${alice.database}-away`);
  await alice.text('note', key, 'on its way');
  const [entry] = (await alice.json(OutboxAnswer, 'outbox', 'list')).entries;
  const context = findListContext({ env: alice.env, cwd: alice.project });
  const queue = ownQueue(context, alice.env) ?? expect.unreachable();
  const release = await holdQueue(queue);
  expect(await alice.error('outbox', 'drop', entry?.id ?? '')).toMatchObject({
    code: 'contention',
    message: expect.stringContaining('another docket is sending what is queued'),
  });
  release?.();
  expect(await alice.text('outbox', 'drop', entry?.id ?? '')).toContain('Dropped');
});
