import { match } from 'node:assert/strict';
import { makeProject } from '../project.ts';
import { shareOnDolt } from '../shared-list.ts';
import type { World } from '../world.ts';

/** After init, `doctor` finds nothing wrong and `where` names the database that is used. */
export async function serverReachable(world: World): Promise<void> {
  await Promise.all([onSqlite(world), onDolt(world)]);
}

async function onSqlite(world: World): Promise<void> {
  const alice = await world.person('alice');
  const project = await makeProject(alice, 'web');
  match(await alice.docket(project, ['where']), /docket\.db/);
  await alice.docket(project, ['doctor']);
}

async function onDolt(world: World): Promise<void> {
  const { bob, bobsProject, url } = await shareOnDolt(world);
  match(await bob.docket(bobsProject, ['where']), new RegExp(url));
  await bob.docket(bobsProject, ['doctor']);
}
