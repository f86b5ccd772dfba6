import { expect, test, vi } from 'vitest';
import { openList } from '../../lib/access/open-list.ts';
import { reportQueue } from '../../lib/access/queue-report.ts';
import { OutboxAnswer } from '../../lib/model/answers/queued.ts';
import { RunsAnswer } from '../../lib/model/answers/run.ts';
import { makePolicy } from '../../lib/model/run/policy.ts';
import type { AgentRunner } from '../../lib/orchestrator/agents/agent-runner.ts';
import { Orchestrator } from '../../lib/orchestrator/orchestrator.ts';
import { ownSession } from '../../lib/orchestrator/own-session.ts';
import { mariadb } from '../engines/engines.ts';
import { listBehindProxy } from '../outbox/behind-proxy.ts';

// Its patience of some ten minutes is over at once.
vi.mock('../../lib/orchestrator/retry-through-outage.ts', () => ({
  retryThroughOutage: (work: () => Promise<unknown>) => work(),
}));

test('a report for which the server stays away too long is queued, and arrives with its cost', async (context) => {
  const { alice, proxy } = await listBehindProxy(mariadb, context);
  const key = await alice.create('Find out why', '--type', 'research');
  const list = await openList({ env: alice.env, cwd: alice.project });
  context.onTestFinished(() => list.close());
  const { scope, context: place, env } = list;
  if (place === undefined) return expect.unreachable();
  const { workspaceId } = scope;
  const { session, worker } = ownSession({ actor: 'alice@one', workspaceId, cwd: '/' });
  const policy = makePolicy();
  const runner: AgentRunner = {
    async run() {
      proxy.after(0, 'end');
      const report = { status: 'completed', outcome: 'The cache was cold' };
      return { kind: 'report', report, costUsd: 0.25 };
    },
  };
  const orchestrator = new Orchestrator({
    ...{ scope: { ...scope, worker }, session, runner, policy, cwd: '/' },
    queueReport: reportQueue({ context: place, env, worker, policy }),
  });
  await expect(orchestrator.run(key)).rejects.toMatchObject({
    code: 'unreachable',
    hint: expect.stringMatching(/^The report of .* on web-\w+ is queued: docket outbox list$/),
  });
  const { entries } = await alice.json(OutboxAnswer, 'outbox', 'list');
  expect(entries).toMatchObject([{ verb: 'report', about: [key], text: 'The cache was cold' }]);
  proxy.mend();
  expect((await alice.show(key)).task).toMatchObject({
    status: 'completed',
    outcome: 'The cache was cold',
  });
  const { runs } = await alice.json(RunsAnswer, 'runs', key);
  expect(runs).toMatchObject([{ status: 'completed', costUsd: 0.25 }]);
});
