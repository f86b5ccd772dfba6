import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  checkOf,
  docket,
  makePerson,
  type Person,
  prompt,
  useBuiltDocket,
} from './trouble-person.ts';

useBuiltDocket();

interface ReadOnly {
  readonly name: string;
  readonly modes: { readonly file: number; readonly folder: number };
  readonly message: (person: Person) => string;
  readonly next: (person: Person) => string;
}

const kinds: readonly ReadOnly[] = [
  {
    name: 'file',
    modes: { file: 0o444, folder: 0o755 },
    message: ({ database }) => `${database} may not be written to (mode 0444)`,
    next: ({ database }) => `chmod u+rw '${database}'`,
  },
  {
    name: 'folder',
    modes: { file: 0o644, folder: 0o555 },
    message: ({ database }) =>
      `${dirname(database)} may not be written to (mode 0555), and SQLite needs files of its own in it`,
    next: ({ database }) => `chmod u+rw '${dirname(database)}'`,
  },
  {
    name: 'file in a read-only folder',
    modes: { file: 0o444, folder: 0o555 },
    message: ({ database }) => `${database} may not be written to (mode 0444)`,
    next: ({ database }) => `chmod u+rw '${database}'`,
  },
];

describe.for(kinds)('a read-only $name', ({ modes, message, next }) => {
  test('is read by commands and prompts, and named to who would write', () => {
    const person = makePerson();
    const { database } = person;
    expect(docket(person, 'create', 'Wire the valve').status).toBe(0);
    chmodSync(database, modes.file);
    chmodSync(dirname(database), modes.folder);
    expect(docket(person, 'list')).toMatchObject({ status: 0, stderr: '' });
    expect(docket(person, 'list').stdout).toContain('Wire the valve');
    expect(prompt(person)).toMatchObject({ context: expect.stringContaining('Wire the valve') });
    const created = docket(person, 'create', 'Another', '--json');
    expect(created.status).toBe(69);
    const { error } = JSON.parse(created.stdout);
    expect(error.message).toBe(message(person));
    expect(error.hint).toContain(next(person));
    const check = checkOf(person, 'database');
    expect(check.status).toBe('fail');
    expect(check.message).toContain(`can be read and not written: ${message(person)}`);
    expect(check.next).toContain(next(person));
    // SQLite's own files would have the file's mode, and keep everybody from writing later.
    expect(readdirSync(dirname(database))).toEqual(['docket.db']);
    chmodSync(dirname(database), 0o755);
    chmodSync(database, 0o644);
    expect(docket(person, 'create', 'Another').status).toBe(0);
  });
});

test('files of SQLite’s own that an older docket left read-only cost one attempt', () => {
  const person = makePerson();
  docket(person, 'create', 'Wire the valve');
  for (const end of ['-wal', '-shm']) writeFileSync(person.database + end, '', { mode: 0o444 });
  const created = docket(person, 'create', 'Another', '--json');
  expect(created.status).toBe(69);
  expect(JSON.parse(created.stdout).error.hint).toContain('Run the command again');
  expect(docket(person, 'create', 'Another').status).toBe(0);
  expect(docket(person, 'list').stdout).toContain('Wire the valve');
});

test('a folder that may not be searched is named, and its list not taken for missing', () => {
  const person = makePerson();
  docket(person, 'create', 'Wire the valve');
  const folder = dirname(person.database);
  chmodSync(folder, 0o000);
  onTestFinished(() => chmodSync(folder, 0o755));
  const said = `${folder} may not be searched (mode 0000), so ${person.database} may not be opened`;
  for (const argv of [['list'], ['create', 'Another']]) {
    const { status, stdout } = docket(person, ...argv, '--json');
    expect([status, JSON.parse(stdout).error]).toEqual([
      69,
      { code: 'unreachable', message: said, hint: `To allow it: chmod u+rwx '${folder}'` },
    ]);
  }
  expect(checkOf(person, 'database')).toMatchObject({
    status: 'fail',
    message: expect.stringContaining(said),
    next: `To allow it: chmod u+rwx '${folder}'`,
  });
  const { context, systemMessage } = prompt(person);
  expect(`${context} ${systemMessage}`).toContain('may not be searched (mode 0000)');
  chmodSync(folder, 0o755);
  expect(docket(person, 'list').stdout).toContain('Wire the valve');
});

test('a loop of links is named as one', () => {
  const person = makePerson();
  docket(person, 'create', 'Wire the valve');
  rmSync(person.database);
  symlinkSync('docket.db', person.database);
  const said = `${person.database} leads into a loop of links`;
  for (const argv of [['list'], ['create', 'Another']]) {
    const { status, stderr } = docket(person, ...argv);
    expect([status, stderr]).toEqual([69, expect.stringContaining(said)]);
    expect(stderr).not.toContain('docket init');
  }
  expect(checkOf(person, 'database').message).toContain(said);
});

test('a file that is no database is named, with what to do', () => {
  const person = makePerson();
  mkdirSync(dirname(person.database));
  writeFileSync(person.database, 'x\n');
  const hint = `Put a copy of the database there, or begin anew: mv '${person.database}' '${person.database}.old', docket init`;
  const { status, stdout } = docket(person, 'list', '--json');
  expect([status, JSON.parse(stdout).error]).toEqual([
    69,
    { code: 'unreachable', message: `${person.database} is not a database`, hint },
  ]);
  expect(checkOf(person, 'database')).toMatchObject({
    message: expect.stringContaining(`${person.database} is not a database`),
    next: hint,
  });
});

test('the Bash sandbox is not suspected where the cause is certain', () => {
  const { env, ...person } = makePerson();
  const session = { ...person, env: { ...env, CLAUDE_CODE_SESSION_ID: 'session-c' } };
  docket(session, 'create', 'Wire the valve');
  chmodSync(session.database, 0o444);
  const { stderr } = docket(session, 'create', 'Another');
  expect(stderr).toContain('may not be written to (mode 0444)');
  expect(stderr).not.toContain('sandbox');
});
