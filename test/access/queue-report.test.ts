import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findListContext } from '../../lib/access/find-context.ts';
import { reportQueue } from '../../lib/access/queue-report.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { makePolicy } from '../../lib/model/run/policy.ts';
import { mainAgent } from '../../lib/model/worker.ts';
import { openCliHarness } from '../cli/cli-harness.ts';

test('a report that cannot be queued either leaves the error of its database as it was', async () => {
  const alice = openCliHarness();
  const key = await alice.create('Task');
  const context = findListContext({ env: alice.env, cwd: alice.project });
  const worker = { session: 'session-a', agent: mainAgent, actor: 'alice@one' };
  const queue = reportQueue({ context, env: alice.env, worker, policy: makePolicy() });
  const report = { key, run: 'a run', report: { status: 'completed' } };
  const away = new DocketError('unreachable', 'the server is away');
  const folder = join(alice.home, 'data/docket');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'outbox'), 'a file where the folder should be');
  expect(queue(report, away)).toBe(false);
});
