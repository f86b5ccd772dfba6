import { deepEqual, equal, match } from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { bash, call, callAll, type Script } from '../../claude/script.ts';
import { withTaskTools } from '../built-in-tools.ts';
import type { E2eWorld, Session, TurnRecord } from '../contract.ts';
import { createTask } from '../e2e-user.ts';
import { assertListed, readBlock } from '../list-block.ts';
import { refused, runInSession, succeeded } from '../results.ts';
import { type SharedList, shareOnDolt, shareOnSqlite } from '../shared-list.ts';
import { together } from '../together.ts';

/** Two sessions want one task, and then the database goes away and comes back. */
export async function raceAndOutage(world: E2eWorld): Promise<void> {
  await together([shareOnSqlite(world).then(both), shareOnDolt(world).then(both)]);
}

async function both(shared: SharedList): Promise<void> {
  const sessions = [
    shared.alice.session(shared.alicesProject, { env: withTaskTools }),
    shared.bob.session(shared.bobsProject, { env: withTaskTools }),
  ];
  await prompts(sessions, 'good morning');
  await race(shared, sessions);
  await outage(shared, sessions);
}

function prompts(
  sessions: readonly Session[],
  text: string,
  script: Script = [],
): Promise<readonly TurnRecord[]> {
  return together(sessions.map((session) => session.prompt(text, script)));
}

/** One wins each task; the other is told who holds it, and since when. */
async function race(
  { alice, alicesProject }: SharedList,
  sessions: readonly Session[],
): Promise<void> {
  const keys: string[] = [];
  for (const title of ['Wire', 'Paint', 'Test']) {
    keys.push(await createTask(alice, alicesProject, `${title} the valve`));
  }
  // One after another in each session, so that both are at the same task at about the same time.
  const script = keys.map((key) => bash(`docket claim ${key}`));
  const told = await prompts(sessions, 'take these', script);
  for (const [index, key] of keys.entries()) {
    const results = told.map(({ results }) => results[index]);
    const { task } = await alice.ask(alicesProject, ['show', key]);
    const winner = sessions.findIndex(({ id }) => id === task?.claim?.session);
    succeeded(results[winner]);
    const reason = refused(results[1 - winner]);
    match(reason, new RegExp(`${key} is claimed by ${task?.claim?.actor}#\\w+, (just now|\\d+ )`));
  }
}

/** Prompts go on with the last list and its age; the person is told once, and once again after. */
async function outage(shared: SharedList, sessions: readonly Session[]): Promise<void> {
  // What it has claimed itself is no news to a session.
  for (const { context } of await prompts(sessions, 'before')) {
    match(context, /[( ]3 in progress|\nIn progress\n(?:- .*\n){3}/);
  }
  const isFile = shared.url.startsWith('sqlite:');
  await shared.breakDatabase();
  const first = await prompts(sessions, 'the first one', tryEverything);
  for (const { toPerson, results } of first) {
    equal(toPerson.length, 1);
    match(toPerson[0] ?? '', /docket: the task database cannot be .*docket doctor says more/);
    const [listing, creating, builtIn] = results;
    match(refused(listing), /Exit code 69/);
    // A file that is no database any more stays so until somebody acts.
    if (isFile) match(refused(creating), /Exit code 69/);
    else match(succeeded(creating), /queued: create web-\w+/);
    match(refused(builtIn), /Keep the plan in your reply/);
  }
  const second = await prompts(sessions, 'the second one');
  for (const { toPerson } of second) deepEqual(toPerson, []);
  for (const { context } of [...first, ...second]) {
    match(readBlock(context).text, /The docket database is away\. This is the list of .+ ago/);
    assertListed(context, 'In progress', 'Wire the valve');
  }

  await shared.mendDatabase();
  for (const { context, toPerson } of await together(sessions.map(promptUntilBack))) {
    deepEqual(toPerson, ['docket: the task database is back.']);
    assertListed(context, 'In progress', 'Wire the valve');
  }
  if (!isFile) await arrive(shared, sessions);
  await prompts(sessions, 'what has arrived');
  for (const { context, toPerson } of await prompts(sessions, 'afterwards')) {
    deepEqual(toPerson, []);
    match(context, /no changes/);
  }
}

/** The next command of each session sends what it has queued, once. */
async function arrive(
  { alice, alicesProject }: SharedList,
  sessions: readonly Session[],
): Promise<void> {
  for (const session of sessions) {
    match(await runInSession(session, 'docket list'), /Kept for later/);
    match(await runInSession(session, 'docket outbox list'), /Nothing is queued/);
  }
  const { tasks = [] } = await alice.ask(alicesProject, ['list']);
  equal(tasks.filter(({ title }) => title === 'Kept for later').length, sessions.length);
}

/** Two commands, and the built-in tool while the hooks know of the outage. */
const tryEverything: Script = [
  callAll([
    bash('docket list'),
    bash("docket create 'Kept for later'"),
    call('TaskCreate', { subject: 'Lost?', description: 'Kept nowhere' }),
  ]),
];

/** Hooks pause after a failure, 5 s at first and twice that after the next. */
async function promptUntilBack(session: Session): Promise<TurnRecord> {
  for (let attempt = 1; ; attempt += 1) {
    const told = await session.prompt('is it back?');
    const isAway = told.context.includes('The docket database is away');
    if (!isAway || attempt === 40) return told;
    deepEqual(told.toPerson, []);
    await sleep(1_000);
  }
}
