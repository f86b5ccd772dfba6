import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addInsight } from '../../lib/tracker/insights/verbs.ts';
import { clientVerbs, projectVerbs } from '../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../lib/tracker/registry/verbs.ts';
import { claimTask } from '../../lib/tracker/tasks/claim.ts';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { createHookUser, type HookUser, workspace } from './hook-user.ts';

/** Somebody whose project has a mode, and a list with a client and a project. */
async function personIn(settings: Readonly<Record<string, unknown>>): Promise<HookUser> {
  const person = createHookUser();
  writeFileSync(
    join(person.project, '.claude/docket.json'),
    JSON.stringify({ workspace, ...settings }),
  );
  await person.work(async (scope) => {
    await addRegistryEntry(scope, clientVerbs, { name: 'Acme Corp' });
    await addRegistryEntry(scope, projectVerbs, { name: 'Dashboard', client: 'acme-corp' });
    const about = { about: 'client', name: 'acme-corp' } as const;
    await addInsight(scope, 'No PowerShell 7 on Server 2019', about);
  });
  return person;
}

test('a session hears its mode, whom its tasks are for, and what is known of them', async () => {
  const person = await personIn({ mode: 'msp', client: 'Acme Corp' });
  const { context } = await person.say('session-start', { source: 'startup' });
  expect(context).toMatch(/^How this project tracks work: docket/);
  expect(context).toContain(
    '\n\nMode msp: tasks here are for the client acme-corp, unless you give --client NAME.',
  );
  expect(context).toContain('\n- acme-corp: No PowerShell 7 on Server 2019\n\n<docket ');
  expect(context).toContain('docket insight list --client acme-corp');
});

test('a session hears that a task needs a client where the project names none', async () => {
  const person = await personIn({ mode: 'msp' });
  const { context } = await person.say('session-start', { source: 'resume' });
  expect(context).toContain("needs one: docket create 'TITLE' --client NAME");
  expect(context).not.toContain('PowerShell');
});

test('a session of a project is told what is known of the client of the project', async () => {
  const person = await personIn({ mode: 'development', project: 'dashboard' });
  const { context } = await person.say('session-start', { source: 'startup' });
  expect(context).toContain('Mode development: tasks here belong to the project dashboard');
  expect(context).toContain('- acme-corp: No PowerShell 7');
});

test('a name that the list does not have is told, because creating a task fails then', async () => {
  const person = await personIn({ mode: 'msp', client: 'Umbrella' });
  const { context } = await person.say('session-start', { source: 'startup' });
  expect(context).toContain('There is no client Umbrella in this list yet');
});

test('in normal mode tasks are for nobody, and without a mode nothing is said', async () => {
  const normal = await personIn({ mode: 'normal', client: 'Acme Corp' });
  const said = await normal.say('session-start', { source: 'startup' });
  expect(said.context).toContain('Mode normal: tasks here are for no client');
  expect(said.context).not.toContain('acme');
  for (const settings of [{}, { mode: 'unheard-of' }, { mode: 7, client: ['x'] }]) {
    const other = await personIn(settings);
    const { context } = await other.say('session-start', { source: 'startup' });
    expect(context).not.toContain('Mode ');
  }
});

test('the mode is told while the database is away, and an agent of a plan is not told', async () => {
  const person = await personIn({ mode: 'msp', client: 'Acme Corp' });
  const agent = await person.say('session-start', { source: 'startup' }, { DOCKET_RUN: 'x' });
  expect(agent.context).not.toContain('Mode msp');
  rmSync(person.database);
  writeFileSync(person.database, 'no database');
  const away = await person.say('session-start', { source: 'startup' });
  expect(away.context).toContain('Mode msp: tasks here are for the client Acme Corp, unless');
});

test('a prompt names clients where the list has several, and only there', async () => {
  const person = await personIn({ mode: 'msp' });
  await person.work(async (scope) => {
    await createTask(scope, { title: 'Mend the NAS', client: 'acme-corp' });
    await createTask(scope, { title: 'Mend the mail', client: 'acme-corp' });
  });
  const one = await person.say('session-start', { source: 'startup' });
  expect(one.context).toMatch(/P2 Mend the NAS\n/);
  const key = await person.work(async (scope) => {
    await addRegistryEntry(scope, clientVerbs, { name: 'Umbrella' });
    return (await createTask(scope, { title: 'Mend the VPN', client: 'umbrella' })).task.key;
  });
  const { context } = await person.say('session-start', { source: 'compact' });
  expect(context).toMatch(/P2 Mend the NAS \(acme-corp\)\n/);
  expect(context).toMatch(/P2 Mend the VPN \(umbrella\)\n/);
  await person.work((scope) => claimTask(scope, key, {}), 'another');
  const changed = await person.prompt();
  expect(changed.context).toMatch(/^- Claimed by .*: \S+ P2 Mend the VPN \(umbrella\)$/m);
});
