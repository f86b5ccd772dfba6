import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { call } from '../../claude/script.ts';
import { withTaskTools } from '../built-in-tools.ts';
import type { E2eWorld } from '../contract.ts';
import { fromHooks } from '../list-block.ts';
import { cloneProject, makeProject } from '../project.ts';
import { succeeded } from '../results.ts';

/** Someone who has the project but not docket: nothing is in their way, and they are told once. */
export async function teammateWithoutDocket(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const bob = await world.person('bob', { installed: false });
  const clone = await cloneProject(bob, await makeProject(alice, 'web'), 'web');
  const session = bob.session(clone, { env: withTaskTools });

  const task = { subject: 'Wire the valve', description: 'The blue wire first' };
  const first = await session.prompt('good morning', [call('TaskCreate', task)]);
  match(succeeded(first.results[0]), /created/);
  equal(first.toPerson.length, 1);
  match(first.toPerson[0] ?? '', /docket is not installed for you.*\.\/scripts\/setup/);
  doesNotMatch(first.context, fromHooks);

  const second = await session.prompt('and now?');
  deepEqual(second.toPerson, []);
  doesNotMatch(second.context, fromHooks);
  await session.end();
}
