import { doesNotMatch, equal, match } from 'node:assert/strict';
import { bash, delegate, say } from '../../claude/script.ts';
import type { E2eWorld } from '../contract.ts';
import { createTask } from '../e2e-user.ts';
import { makeProject } from '../project.ts';
import { refused, succeeded } from '../results.ts';

/** A subagent is given the task that its session claimed for it, and reports instead of managing. */
export async function givenTask(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const project = await makeProject(alice, 'web');
  const key = await createTask(alice, project, 'Wire the flux valve');
  const session = alice.session(project);
  const { results, subagentResults } = await session.prompt('have it done', [
    bash(`docket claim ${key} --agent general-purpose`),
    delegate(`Wire what ${key} says`, [
      bash(`docket close ${key} --outcome 'done'`),
      bash(`docket note ${key} 'it hums'`),
      bash(`docket show ${key}`),
      say('The valve is wired.'),
    ]),
  ]);
  match(succeeded(results[0]), new RegExp(`^Claimed ${key}`));
  const [request] = world.mock.subagentRequests(session.id);
  match(JSON.stringify(request), new RegExp(`You are given the task ${key}.*Wire the flux valve`));
  const [closing, note, show] = subagentResults;
  match(refused(closing), new RegExp(`docket close is not for you: you report on ${key}`));
  match(succeeded(note), /it hums|Noted/);
  match(succeeded(show), /Wire the flux valve/);
  const { task, notes } = await alice.ask(project, ['show', key]);
  equal(task?.status, 'in_progress');
  match(JSON.stringify(notes), /general-purpose-[0-9a-f]{6}/);

  // An agent that was given nothing takes its tasks itself, as before.
  const other = await createTask(alice, project, 'Polish the valve');
  const free = await session.prompt('one more', [
    delegate('Polish something', [bash(`docket claim ${other}`), bash(`docket close ${other}`)]),
  ]);
  match(succeeded(free.subagentResults[0]), new RegExp(`^Claimed ${other}`));
  doesNotMatch(succeeded(free.subagentResults[1]), /not for you/);
  await session.end();
}
