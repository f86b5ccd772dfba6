import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRepository, makeSetupUser } from '../../../install/setup-user.ts';
import { init, readJson } from './run-init.ts';

const config = (folder: string) => join(folder, '.claude/docket.json');

test('init --mode msp names the client in docket.json, makes it, and new tasks are for it', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await init(person, folder, '--mode', 'msp', '--client', ' Acme Corp ');
  expect(readJson(config(folder))).toMatchObject({ mode: 'msp', client: 'Acme Corp' });
  const { stdout } = await person.docket(folder, 'client', 'list', '--json');
  expect(JSON.parse(stdout).data.clients).toMatchObject([{ slug: 'acme-corp', name: 'Acme Corp' }]);
  const created = await person.docket(folder, 'create', 'Fix WINS', '--json');
  expect(JSON.parse(created.stdout).data.task).toMatchObject({
    client: 'acme-corp',
    billable: true,
  });
  const planned = await person.docket(folder, 'plan', '# Whole\n- [ ] Part', '--json');
  expect(JSON.parse(planned.stdout).data.subtasks[0]).toMatchObject({
    client: 'acme-corp',
    billable: true,
  });
});

test('again, and in another spelling, it changes nothing; other keys stay', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await init(person, folder, '--mode', 'msp', '--client', 'Acme');
  const known = { ...readJson(config(folder)), orchestrator: { parallel: 2 } };
  writeFileSync(config(folder), JSON.stringify(known));
  const text = readFileSync(config(folder), 'utf8');
  expect((await init(person, folder, '--mode', 'msp', '--client', 'ACME')).data.changes).toEqual(
    [],
  );
  await init(person, folder);
  expect(readFileSync(config(folder), 'utf8')).toBe(text);
  await init(person, folder, '--mode', 'development', '--project', 'Dashboard');
  expect(readJson(config(folder))).toEqual({ ...known, mode: 'development', project: 'Dashboard' });
});

test('a project that is made with its client belongs to it', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await init(person, folder, '--mode', 'msp', '--client', 'Acme', '--project', 'Site');
  const { stdout } = await person.docket(folder, 'project', 'show', 'site', '--json');
  expect(JSON.parse(stdout).data.project).toMatchObject({ name: 'Site', client: 'acme' });
});

test('a dry run shows the mode and makes nobody', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await init(person, folder);
  const before = readFileSync(config(folder), 'utf8');
  const { stdout } = await person.docket(
    folder,
    ...['init', '--dry-run', '--mode', 'msp', '--client', 'Acme'],
  );
  expect(stdout).toContain('+  "mode": "msp"');
  expect(stdout).toContain('+  "client": "Acme"');
  expect(readFileSync(config(folder), 'utf8')).toBe(before);
  const clients = await person.docket(folder, 'client', 'list', '--json');
  expect(JSON.parse(clients.stdout).data.clients).toEqual([]);
});

test('whom new tasks are for is told by docket where; a mode for clients without one is warned of', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  const warned = await init(person, folder, '--mode', 'msp');
  expect(warned.data.warnings).toContainEqual({
    name: 'mode',
    status: 'warn',
    message: 'msp without a client: each new task needs --client NAME',
    next: 'docket init --mode msp --client NAME names one for all',
  });
  const named = await init(person, folder, '--client', 'Acme');
  expect(named.data.warnings.map(({ name }: { name: string }) => name)).not.toContain('mode');
  expect((await person.docket(folder, 'where')).stdout).toMatch(/^Mode +msp, client Acme$/m);
  await init(person, folder, '--mode', 'normal');
  expect((await person.docket(folder, 'where')).stdout).toMatch(/^Mode +normal$/m);
  const { stdout } = await person.docket(folder, 'where', '--json');
  expect(JSON.parse(stdout).data.mode).toBe('normal');
  expect(Object.keys(readJson(config(folder)))).not.toContain('client');
});

test('doctor says the mode, and what docket.json gets wrong', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await init(person, folder, '--mode', 'msp', '--client', 'Acme');
  expect((await person.docket(folder, 'doctor')).stdout).toMatch(/^ok +mode +msp, client Acme$/m);
  writeFileSync(config(folder), JSON.stringify({ ...readJson(config(folder)), mode: 'mps' }));
  const { stdout, exitCode } = await person.docket(folder, 'doctor');
  expect(stdout).toMatch(
    /^fail +mode +.*docket\.json: mode must be one of msp, development, normal$/m,
  );
  expect(exitCode).toBe(1);
});

test('uninstall takes the mode away with the rest', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await init(person, folder, '--mode', 'msp', '--client', 'Acme');
  expect((await person.docket(folder, 'uninstall')).exitCode).toBe(0);
  expect(() => readFileSync(config(folder))).toThrow('ENOENT');
});

test.for<[string, readonly string[], RegExp]>([
  ['a mode that there is not', ['--mode', 'agency'], /--mode: "agency" is not allowed/],
  ['a client without a mode', ['--client', 'Acme'], /need a mode/],
  ['a client in normal mode', ['--mode', 'normal', '--client', 'Acme'], /in normal mode/],
  ['an empty client', ['--mode', 'msp', '--client', ' '], /--client is empty/],
  ['a project of two lines', ['--mode', 'development', '--project', 'a\nb'], /more than one line/],
])('%s is refused, and nothing is written', async ([, argv, message]) => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  const { exitCode, error } = await init(person, folder, ...argv);
  expect(exitCode).toBe(2);
  expect(error.message).toMatch(message);
  expect(() => readFileSync(config(folder))).toThrow('ENOENT');
});

test('an archived client is not taken, and docket.json stays as it was', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await init(person, folder, '--mode', 'msp', '--client', 'Acme');
  await person.docket(folder, 'client', 'archive', 'Acme');
  const refused = await person.docket(folder, 'create', 'Task', '--json');
  expect(refused.exitCode).toBe(2);
  expect(JSON.parse(refused.stdout).error).toMatchObject({
    code: 'invalid_input',
    message: 'the client acme is archived, which .claude/docket.json names',
  });
  const before = readFileSync(config(folder), 'utf8');
  const { error } = await init(person, folder, '--mode', 'msp', '--client', 'acme');
  expect(error.hint).toBe('docket client archive acme --restore');
  expect(readFileSync(config(folder), 'utf8')).toBe(before);
});

test('a name that is nearly that of a client is not made another one of', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await init(person, folder, '--mode', 'msp', '--client', 'Acme Corp');
  const { exitCode, error } = await init(person, folder, '--client', 'Amce Corp');
  expect(exitCode).toBe(3);
  expect(error).toMatchObject({
    message: 'there is no client "Amce Corp"',
    hint: expect.stringMatching(/^Did you mean "Acme Corp"\?.*docket client add 'Amce Corp'/),
  });
  expect(readJson(config(folder)).client).toBe('Acme Corp');
  const { stdout } = await person.docket(folder, 'client', 'list', '--json');
  expect(JSON.parse(stdout).data.clients).toHaveLength(1);
  await person.docket(folder, 'client', 'add', 'Amce Corp');
  expect((await init(person, folder, '--client', 'Amce Corp')).exitCode).toBe(0);
});
