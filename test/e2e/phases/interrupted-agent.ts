import { equal, match } from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { contextText } from '../../claude/api-request.ts';
import { startClaudeConversation } from '../../claude/conversation.ts';
import { bash, delegate } from '../../claude/script.ts';
import type { E2eWorld } from '../contract.ts';
import { createTask } from '../e2e-user.ts';
import { makeProject } from '../project.ts';

/** No hook is told that a person interrupts a subagent; the session hears of it all the same. */
export async function interruptedAgent(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const project = await makeProject(alice, 'web');
  const key = await createTask(alice, project, 'Wire the flux valve');
  const { home, env } = alice;
  const { mock } = world;
  const mode = { permissionMode: 'bypassPermissions' } as const;
  const session = startClaudeConversation({ ...mode, home, cwd: project, mock, env });
  world.onRelease(() => session.kill());
  const turn = session.send('have it done', [
    bash(`docket claim ${key} --agent general-purpose`),
    delegate(`Wire what ${key} says`, [bash('sleep 60')]),
  ]);
  for (let waited = 0; mock.subagentRequests(session.sessionId).length === 0; waited += 1) {
    equal(waited < 300, true, 'no subagent began');
    await setTimeout(100);
  }
  session.interrupt();
  await turn;
  await session.send('and now?', [bash('true')]);

  // The hook runs beside the end of the turn.
  for (let waited = 0; !(await isNoted()); waited += 1) {
    equal(waited < 50, true, 'nothing was noted');
    await setTimeout(200);
  }
  await session.send('go on', []);
  const told = mock.mainRequests(session.sessionId).map(contextText).join('\n');
  match(
    told,
    new RegExp(
      `general-purpose-\\w{6} was interrupted and left no report. ${key} is still claimed`,
    ),
  );
  equal(await session.end(), 0);

  async function isNoted(): Promise<boolean> {
    const { notes } = await alice.ask(project, ['show', key]);
    return JSON.stringify(notes).includes('Was interrupted');
  }
}
