import { equal, match } from 'node:assert/strict';
import { contextText } from '../../claude/api-request.ts';
import { bash, callAll, delegate, say } from '../../claude/script.ts';
import type { E2eWorld } from '../contract.ts';
import { makeProject } from '../project.ts';
import { succeeded } from '../results.ts';

const plan = `docket plan --request 'Know the valve' --any-order <<'PLAN'
# Know the valve
- [ ] Find the valve (research)
- [ ] Find its twin (research)
- [ ] Weigh both (research)
PLAN`;

function report(outcome: string): string {
  return `Here it is.\n\n\`\`\`json\n${JSON.stringify({ status: 'completed', outcome })}\n\`\`\``;
}

/** What the subagents of a session report moves its plan on, with no command of the session. */
export async function agentReport(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const project = await makeProject(alice, 'web');
  const session = alice.session(project);
  const { results } = await session.prompt('plan it', [bash(plan)]);
  const [key = ''] = /web-[a-z0-9]+/.exec(succeeded(results[0])) ?? [];
  const [first, second, last] = [1, 2, 3].map((step) => `${key}.${step}`);
  await session.prompt('order', [bash(`docket link ${last} ${first}`)]);

  // Two at once, of one type: each reports on its own task.
  await session.prompt('find both', [
    bash(`docket claim ${first} --agent general-purpose`),
    bash(`docket claim ${second} --agent general-purpose`),
    callAll([
      delegate(`Find it: ${first}`, [bash('true'), say(report('Under the stairs'))]),
      delegate(`Find the other: ${second}`, [bash('true'), say(report('In the attic'))]),
    ]),
  ]);
  for (const [task, outcome] of [
    [first, 'Under the stairs'],
    [second, 'In the attic'],
  ] as const) {
    const shown = await alice.ask(project, ['show', `${task}`]);
    equal(shown.task?.status, 'completed');
    equal(shown.task?.outcome, outcome);
  }
  const told = world.mock.mainRequests(session.id).map(contextText).join('\n');
  match(
    told,
    new RegExp(`The report of general-purpose-\\w{6} is recorded:\\s+Completed ${first}`),
  );
  match(told, new RegExp(`Now ready: ${last}`));

  // An agent in the background ends without a report: the task is still the session's.
  const background = delegate(`Weigh ${last}`, [say('Both are heavy.')]);
  const calls = background.calls.map(({ tool, input }) => ({
    tool,
    input: { ...input, run_in_background: true },
  }));
  await session.prompt('weigh them', [
    bash(`docket claim ${last} --agent general-purpose`),
    { ...background, calls },
    bash('sleep 2'),
  ]);
  await session.prompt('and?');
  const all = world.mock.mainRequests(session.id).map(contextText).join('\n');
  match(all, new RegExp(`ended without a report. ${last} is still claimed: docket report ${last}`));
  const { task, notes } = await alice.ask(project, ['show', `${last}`]);
  equal(task?.status, 'in_progress');
  match(JSON.stringify(notes), /Ended without a report. Last words: Both are heavy/);
  await session.end();

  // The session has ended: what its agent held is free to take, and says so.
  const abandoned = await alice.ask(project, ['show', `${last}`]);
  equal(abandoned.task?.claim?.stale, true);
}
