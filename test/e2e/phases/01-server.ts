import { doesNotMatch, match } from 'node:assert/strict';
import type { E2eUser, E2eWorld } from '../contract.ts';
import { makeProject } from '../project.ts';
import { shareOnDolt } from '../shared-list.ts';
import { together } from '../together.ts';

/** After init, `doctor` finds nothing wrong and `where` names the database that is used. */
export async function serverReachable(world: E2eWorld): Promise<void> {
  await together([onSqlite(world), onDolt(world)]);
}

async function onSqlite(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const project = await makeProject(alice, 'web');
  match(await alice.docket(project, ['where']), /Database +sqlite:.*docket\.db, the default/);
  await isHealthy(alice, project);
}

async function onDolt(world: E2eWorld): Promise<void> {
  const { bob, bobsProject, url } = await shareOnDolt(world);
  match(await bob.docket(bobsProject, ['where']), new RegExp(`Database +${url}`));
  await isHealthy(bob, bobsProject);
}

/** Also through the hooks, as settings.json starts them. */
async function isHealthy(person: E2eUser, project: string): Promise<void> {
  const report = await person.docket(project, ['doctor']);
  match(report, /^ok +database .*schema \d+, list web/m);
  match(report, /^ok +hooks /m);
  match(report, /^ok +sample prompt +\d+ characters in \d+ ms/m);
  match(report, /^ok +sample TaskCreate /m);
  doesNotMatch(report, /^fail/m);
}
