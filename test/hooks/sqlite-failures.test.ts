import {
  chmodSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { markKnownList } from '../../lib/state/known-list.ts';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { createHookUser, type HookUser, workspace } from './hook-user.ts';
import { expectBack, expectOutage, expectOutageWithoutList, showList } from './outage.ts';

function forgetBreaker(person: HookUser): void {
  rmSync(join(person.home, '.local/state/docket/breakers'), {
    recursive: true,
    force: true,
    maxRetries: 10,
  });
}

/** Puts the file away, as it was, and back. */
function putAway(person: HookUser): () => void {
  const aside = join(person.home, 'aside');
  mkdirSync(aside);
  for (const suffix of ['', '-wal', '-shm']) move(person.database + suffix, aside);
  return () => {
    rmSync(person.database, { recursive: true, force: true, maxRetries: 10 });
    renameSync(join(aside, 'docket.db'), person.database);
    forgetBreaker(person);
  };
}

function move(file: string, folder: string): void {
  try {
    renameSync(file, join(folder, file.split('/').at(-1) ?? ''));
  } catch {
    // Not every file is there.
  }
}

interface Failure {
  readonly name: string;
  readonly reason: RegExp;
  /** Breaks the file; answers what mends it. */
  readonly breakIt: (person: HookUser) => () => void;
}

const failures: readonly Failure[] = [
  {
    name: 'locked by another process',
    reason: /locked/,
    breakIt: (person) => {
      const holder = new DatabaseSync(person.database);
      // A checkpoint ends WAL, in which readers never wait.
      holder.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
      onTestFinished(() => {
        if (holder.isOpen) holder.close();
      });
      return () => {
        holder.close();
        forgetBreaker(person);
      };
    },
  },
  {
    name: 'that is no database',
    reason: /not a database/,
    breakIt: (person) => {
      const mend = putAway(person);
      writeFileSync(person.database, 'not a database at all, '.repeat(1_000));
      return mend;
    },
  },
  {
    name: 'that was cut off',
    reason: /malformed|not a database/,
    breakIt: (person) => {
      const mend = putAway(person);
      const store = new DatabaseSync(person.database);
      store.exec('CREATE TABLE a (b); INSERT INTO a VALUES (zeroblob(100000))');
      store.close();
      truncateSync(person.database, 5_000);
      return mend;
    },
  },
  {
    name: 'that is a folder',
    reason: /is not a file/,
    breakIt: (person) => {
      const mend = putAway(person);
      mkdirSync(person.database);
      return mend;
    },
  },
];

describe.for(failures)('a SQLite file $name', ({ breakIt, reason }) => {
  test('is an outage with an end', async () => {
    const person = createHookUser();
    await showList(person);
    const mend = breakIt(person);
    await expectOutage(person, reason);
    mend();
    await expectBack(person);
  });

  test('does not keep a session from starting', async () => {
    const person = createHookUser();
    await showList(person);
    const mend = breakIt(person);
    const said = await person.say('session-start', { session_id: 'session-c', source: 'startup' });
    expect(said.context).toMatch(/^How this project tracks work/);
    expect(said.context).toContain('This is the list of under a minute ago');
    expect(said.systemMessage).toMatch(reason);
    expect(await person.say('heartbeat', { session_id: 'session-d' })).toEqual({});
    expect(await person.say('session-end', { reason: 'other' })).toEqual({});
    mend();
  });

  test('is told to who never saw a list, too', async () => {
    const person = createHookUser();
    await person.work((scope) => createTask(scope, { title: 'One' }));
    const mend = breakIt(person);
    await expectOutageWithoutList(person, reason);
    mend();
  });
});

test('a file that may not be read is an outage with an end', async () => {
  const person = createHookUser({ obeysModes: true });
  await showList(person);
  chmodSync(person.database, 0o000);
  await expectOutage(person, /docket\.db may not be read \(mode 0000\)/);
  chmodSync(person.database, 0o600);
  forgetBreaker(person);
  await expectBack(person);
});

test('a missing file is nothing to tell, before there was one', async () => {
  const person = createHookUser();
  expect(await person.prompt()).toEqual({});
});

test('a file that was there and is missing is an outage, and never an empty list', async () => {
  const person = createHookUser();
  await showList(person);
  const mend = putAway(person);
  const first = await person.prompt('session-a');
  expect(first.context).toContain('This is the list of under a minute ago');
  expect(first.systemMessage).toContain('docket.db is missing');
  expect((await person.prompt('session-a')).systemMessage).toBeUndefined();
  // A heartbeat makes no database.
  await person.say('heartbeat', { session_id: 'session-d' });
  await person.say('session-end', { session_id: 'session-b' });
  expect(existsSync(person.database)).toBe(false);
  expect((await person.prompt('session-a')).context).toContain('This is the list of');
  mend();
  expect((await person.prompt('session-a')).systemMessage).toBe(
    'docket: the task database is back.',
  );
});

test('a session that starts makes no empty list in place of one that is gone', async () => {
  const person = createHookUser();
  await showList(person);
  const mend = putAway(person);
  const said = await person.say('session-start', { session_id: 'session-c', source: 'startup' });
  expect(said.systemMessage).toContain('docket.db is missing');
  expect(said.context).toContain('This is the list of under a minute ago');
  expect(existsSync(person.database)).toBe(false);
  mkdirSync(dirname(person.database), { recursive: true });
  writeFileSync(person.database, '');
  forgetBreaker(person);
  const empty = await person.say('session-start', { session_id: 'session-d', source: 'startup' });
  expect(empty.systemMessage).toContain('does not have this list');
  mend();
});

test('a list that only commands have used is missed by prompts, too', async () => {
  const person = createHookUser();
  const id = { database: `sqlite:${person.database}`, workspace: workspace.id };
  markKnownList(join(person.home, '.local/state/docket'), id);
  const said = await person.prompt();
  expect(said.systemMessage).toContain('docket.db is missing');
  expect(said.context).toBeUndefined();
});

test.for(['', 'CREATE TABLE a (b)'])(
  'a file without docket’s tables (%s) has no list yet',
  async (sql) => {
    const person = createHookUser();
    mkdirSync(join(person.database, '..'), { recursive: true });
    const store = new DatabaseSync(person.database);
    store.exec(sql);
    store.close();
    if (sql === '') writeFileSync(person.database, '');
    expect(await person.prompt()).toEqual({});
    expect(person.readState('breakers')).toBeUndefined();
  },
);

test('a schema that needs a newer docket is told once, and the list stays', async () => {
  const person = createHookUser();
  await showList(person);
  const store = new DatabaseSync(person.database);
  store.exec("INSERT INTO docket_migrations VALUES (99, 'later', 99, 99, '2027-01-01')");
  store.close();
  await expectOutage(person, /needs a newer docket/);
});

test('a lock that goes while the hook waits is no outage', async () => {
  const person = createHookUser();
  await showList(person);
  const holder = new DatabaseSync(person.database);
  onTestFinished(() => {
    if (holder.isOpen) holder.close();
  });
  holder.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  const prompt = person.prompt('session-c');
  // Well before the 400 ms of waiting that the hook has once it runs.
  setTimeout(() => holder.close(), 100);
  const said = await prompt;
  expect(said.systemMessage).toBeUndefined();
  expect(said.context).toContain('\nShared task list');
});
