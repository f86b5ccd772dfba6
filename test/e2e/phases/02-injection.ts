import { doesNotMatch, match } from 'node:assert/strict';
import type { E2eWorld } from '../contract.ts';
import { createTask } from '../e2e-user.ts';
import { assertListed, assertNotListed, readBlock } from '../list-block.ts';
import { makeProject } from '../project.ts';

/** A session is given rules and list, then what has changed, and one line when nothing has. */
export async function injection(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const project = await makeProject(alice, 'web');
  await createTask(alice, project, 'Wire the flux valve');
  for (const part of [1, 2, 3, 4, 5, 6])
    await createTask(alice, project, `Part ${part} of the pump`);

  for (const model of ['claude-opus-5-5', 'claude-sonnet-4-6']) {
    const session = alice.session(project, { model });
    const first = await session.prompt('good morning');
    match(first.context, /How this project tracks work: docket/);
    assertListed(first.context, 'Ready', 'Wire the flux valve');

    const title = `Paint the valve for ${model}`;
    await createTask(alice, project, title);
    const second = await session.prompt('what is new?');
    match(second.context, /UserPromptSubmit hook additional context: <docket workspace="web"/);
    assertListed(second.context, 'Ready', title);
    assertNotListed(second.context, 'Wire the flux valve');
    doesNotMatch(second.context, /How this project tracks work/);

    const third = await session.prompt('and now?');
    match(third.context, /docket: no changes by others/);
    doesNotMatch(third.context, /<docket/);
    await session.end();
  }
  const fresh = await alice.session(project).prompt('good morning');
  match(readBlock(fresh.context).text, /you="alice@example#/);
}
