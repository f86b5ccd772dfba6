import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { bash, call } from '../../claude/script.ts';
import { withTaskTools } from '../built-in-tools.ts';
import type { E2eWorld } from '../contract.ts';
import { createTask } from '../e2e-user.ts';
import { assertListed } from '../list-block.ts';
import { cloneProject } from '../project.ts';
import { refused, runInSession, succeeded } from '../results.ts';
import { type SharedList, shareOnDolt, shareOnSqlite } from '../shared-list.ts';
import { together } from '../together.ts';

/** Two users with a home, a clone and an actor each see what the other does. */
export async function twoUsers(world: E2eWorld): Promise<void> {
  await together([shareOnSqlite(world).then(both), shareOnDolt(world).then(both)]);
}

async function both(shared: SharedList): Promise<void> {
  await seeEachOther(shared);
  await hasNotApproved(shared);
}

async function seeEachOther(shared: SharedList): Promise<void> {
  const { alice, alicesProject, bob, bobsProject } = shared;
  const valve = await createTask(alice, alicesProject, 'Wire the flux valve');
  const login = await createTask(bob, bobsProject, 'Fix the login loop');
  const sessions = { alice: alice.session(alicesProject), bob: bob.session(bobsProject) };
  const greetings = await together([
    sessions.alice.prompt('good morning'),
    sessions.bob.prompt('good morning'),
  ]);
  for (const { context, toPerson } of greetings) {
    assertListed(context, 'Ready', valve);
    assertListed(context, 'Ready', login);
    deepEqual(toPerson, []);
  }

  await runInSession(sessions.alice, `docket claim ${valve}`);
  await runInSession(sessions.alice, `docket note ${valve} 'Bob, look at the gasket'`);
  const claiming = [bash(`docket claim ${login}`)];
  const seenByBob = await sessions.bob.prompt('take the other one', claiming);
  succeeded(seenByBob.results[0]);
  assertListed(seenByBob.context, 'In progress', valve, 'alice@example', 'look at the gasket');
  doesNotMatch(seenByBob.context, /Abandoned/);
  const seenByAlice = await sessions.alice.prompt('who does what?');
  assertListed(seenByAlice.context, 'In progress', login, 'bob@example');
}

/** A clone names a database: only the person's own word lets docket use it, nothing else waits. */
async function hasNotApproved({ alice, alicesProject, url }: SharedList): Promise<void> {
  const carol = await alice.world.person('carol');
  const clone = await cloneProject(carol, alicesProject, 'web');
  const session = carol.session(clone, {
    permissionMode: 'bypassPermissions',
    env: withTaskTools,
  });
  const task = { subject: 'Wire the valve', description: 'The blue wire first' };
  const script = [bash(`docket trust '${url}'`), bash('docket list'), call('TaskCreate', task)];
  const first = await session.prompt('good morning', script);
  equal(first.context.includes('<docket'), false, 'the database was used');
  equal(first.toPerson.length, 1);
  match(first.toPerson[0] ?? '', /is not approved.*docket trust '/);
  const [trusting, listing] = first.results.slice(0, 2).map(refused);
  match(succeeded(first.results[2]), /created/);
  match(trusting ?? '', /only you can approve a database/);
  match(listing ?? '', /docket trust '/);

  const second = await session.prompt('and now?');
  deepEqual(second.toPerson, []);
  await carol.docket(clone, ['list'], { exitCode: 1 });
}
