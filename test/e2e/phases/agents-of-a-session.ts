import { equal, match } from 'node:assert/strict';
import { contextText } from '../../claude/api-request.ts';
import { bash, callAll, delegate } from '../../claude/script.ts';
import type { E2eWorld } from '../contract.ts';
import { createTask } from '../e2e-user.ts';
import { makeProject } from '../project.ts';
import { refused, succeeded } from '../results.ts';

const agents = ['first', 'second', 'third'];

/** Subagents of one session are told what is open, and one of them gets each task that all want. */
export async function agentsOfASession(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const project = await makeProject(alice, 'web');
  const key = await createTask(alice, project, 'Wire the flux valve');
  const session = alice.session(project);
  const script = [bash(`cd . && docket claim ${key}`), bash(`docket note ${key} 'me; docket too'`)];
  const { subagentResults: results } = await session.prompt('share the work', [
    callAll(agents.map((name) => delegate(`the ${name} part`, script))),
  ]);

  const claims = results.filter(({ input }) => `${input.command}`.includes('claim'));
  equal(claims.length, agents.length);
  const [winner, ...more] = claims.filter(({ isError }) => !isError);
  match(succeeded(winner), new RegExp(`^Claimed ${key}`));
  equal(more.length, 0);
  const { task } = await alice.ask(project, ['show', key]);
  match(task?.claim?.agent ?? '', /^general-purpose-[0-9a-f]{6}$/);
  for (const claim of claims.filter(({ isError }) => isError)) {
    match(refused(claim), new RegExp(`${key} is claimed by ${task?.claim?.agent} in this session`));
  }

  const requests = world.mock.subagentRequests(session.id);
  const own = new Set(requests.map((each) => /You are (\S+) in it/.exec(contextText(each))?.[1]));
  equal(own.size, agents.length);
  equal(own.has(task?.claim?.agent), true);
  for (const each of requests) match(contextText(each), /Wire the flux valve/);

  // The session itself goes on as before, and answers for its agents.
  const { results: closing } = await session.prompt('finish', [
    bash(`docket claim ${key}`),
    bash(`docket close ${key} --outcome 'wired'`),
  ]);
  match(refused(closing[0]), new RegExp(`docket claim ${key} --steal`));
  match(succeeded(closing[1]), /^Completed/);
  await session.end();
}
