import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { StoreError } from '../../../lib/store/errors.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';
import { explainFailure, readAsItIs } from '../../../lib/store/sqlite/trouble.ts';
import { builtHooks } from '../../hooks/built-hooks.ts';
import { obeyingModes } from '../../hooks/hook-process.ts';
import { temporaryFile } from './temporary-file.ts';

let dist = '';

beforeAll(async () => {
  dist = await builtHooks();
});

/** A person with a project, whose data and state lie on `disk`. */
interface Person {
  readonly disk: string;
  readonly database: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

function makePerson(): Person {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'docket-trouble-')));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const folder = join(base, 'web');
  const disk = join(base, 'disk');
  for (const each of [join(folder, '.git'), join(folder, '.claude'), disk]) {
    mkdirSync(each, { recursive: true });
  }
  const workspace = { id: '01890000-0000-7000-8000-000000000001', slug: 'web' };
  writeFileSync(join(folder, '.claude/docket.json'), JSON.stringify({ workspace }));
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: base,
    XDG_DATA_HOME: disk,
    XDG_STATE_HOME: join(base, 'state'),
    DOCKET_ACTOR: 'alice@one',
    DOCKET_SESSION: 'session-a',
  };
  return { disk, database: join(disk, 'docket/docket.db'), folder, env };
}

function start({ folder, env }: Person, words: readonly string[], input = '') {
  const [file = '', ...args] = words;
  return spawnSync(file, args, { cwd: folder, env, input, encoding: 'utf8' });
}

const docketWords = (...argv: readonly string[]) => [
  process.execPath,
  join(dist, 'docket.cjs'),
  ...argv,
];

/** Runs docket as somebody for whom file modes hold. */
function docket(person: Person, ...argv: readonly string[]) {
  return start(person, obeyingModes(docketWords(...argv)));
}

function checkOf(person: Person, name: string) {
  const { checks } = JSON.parse(docket(person, 'doctor', '--json').stdout).data;
  return checks.find((check: { name: string }) => check.name === name);
}

function prompt(person: Person): { context?: string; systemMessage?: string } {
  const hook = [process.execPath, join(dist, 'hooks/user-prompt-submit.cjs')];
  const input = JSON.stringify({ session_id: 'session-c', cwd: person.folder, prompt: 'x' });
  const { stdout } = start(person, obeyingModes(hook), input);
  const said = JSON.parse(stdout || '{}');
  return { context: said.hookSpecificOutput?.additionalContext, systemMessage: said.systemMessage };
}

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

/** Mounts need root, or the right to have namespaces of one's own. */
const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

/** Runs a script in which `$DISK` is a small disk and `docket` the command. */
function onSmallDisk(person: Person, script: string) {
  const whole = `set -e
    mount -t tmpfs -o size=700k none "$DISK"
    docket() { "$NODE" "$DOCKET" "$@"; }
    prompt() { echo '{"session_id":"session-'"$1"'","prompt":"x"}' | "$NODE" "$HOOK"; }
    fill() { cat /dev/zero > "$DISK/zeros" 2>/dev/null || true; }
    attempt() { set +e; "$@"; echo "exit $?"; set -e; }
    ${script}`;
  const env = {
    ...person.env,
    CLAUDE_PROJECT_DIR: person.folder,
    DISK: person.disk,
    NODE: process.execPath,
    DOCKET: join(dist, 'docket.cjs'),
    HOOK: join(dist, 'hooks/user-prompt-submit.cjs'),
  };
  const { stdout, stderr } = start({ ...person, env }, ['unshare', '-rm', 'sh', '-c', whole]);
  return { stdout, stderr };
}

describe.skipIf(!canMount)('a full disk', () => {
  test('is said to be full, is read by commands and prompts, and loses nothing', () => {
    const person = makePerson();
    const { stdout, stderr } = onSmallDisk(
      person,
      `docket create 'Wire the valve' >/dev/null
      fill
      attempt docket list
      attempt prompt c
      attempt docket create Another
      attempt docket doctor
      rm "$DISK/zeros"
      attempt docket create 'After it'
      docket list`,
    );
    const full = `the disk is full, so nothing can be written to ${person.database}`;
    const [list = '', said = '', create = '', doctor = '', after = ''] = stdout.split(/exit \d+\n/);
    expect(list).toContain('Wire the valve');
    expect(said).toContain('Wire the valve');
    expect(said).not.toContain('systemMessage');
    expect(create).toBe('');
    expect(stderr).toContain(
      `docket: ${full}\nFree some space: df -h '${dirname(person.database)}'`,
    );
    expect(doctor).toContain(`can be read and not written: ${full}`);
    expect(after).toContain('After it');
    expect(stdout.match(/exit \d+/g)).toEqual(['exit 0', 'exit 0', 'exit 69', 'exit 1', 'exit 0']);
    const [last = ''] = stdout.split('exit 0\n').slice(-1);
    expect(last).toContain('Wire the valve');
    expect(last).toContain('After it');
  });

  test('is said by doctor to be full while there is room in the log', () => {
    const person = makePerson();
    const { stdout } = onSmallDisk(
      person,
      `docket create 'Wire the valve' >/dev/null
      mkfifo "$DISK/fifo"
      "$NODE" -e '
        const { DatabaseSync } = require("node:sqlite");
        const held = new DatabaseSync(process.argv[1]);
        held.exec("SELECT * FROM tasks");
        require("node:fs").readFileSync(process.argv[2]);
      ' "$DISK/docket/docket.db" "$DISK/fifo" 2>/dev/null &
      while [ ! -e "$DISK/docket/docket.db-shm" ]; do sleep 0.05; done
      docket create Another >/dev/null
      docket create 'A third' >/dev/null
      fill
      attempt docket doctor
      : > "$DISK/fifo"
      wait`,
    );
    expect(stdout).toContain(
      `can be read and not written: the disk is full, so nothing can be written to ${person.database}`,
    );
  });

  test('is said to be full while another process has the file open', () => {
    const person = makePerson();
    const { stdout, stderr } = onSmallDisk(
      person,
      `docket create 'Wire the valve' >/dev/null
      mkfifo "$DISK/fifo"
      "$NODE" -e '
        const { DatabaseSync } = require("node:sqlite");
        const held = new DatabaseSync(process.argv[1]);
        held.exec("BEGIN; SELECT * FROM tasks");
        require("node:fs").readFileSync(process.argv[2]);
      ' "$DISK/docket/docket.db" "$DISK/fifo" 2>/dev/null &
      while [ ! -e "$DISK/docket/docket.db-shm" ]; do sleep 0.05; done
      sleep 0.2
      fill
      attempt docket list
      head -c 60000 /dev/zero | tr '\\0' x > "$HOME/text"
      attempt docket create Another --description - < "$HOME/text"
      : > "$DISK/fifo"
      wait`,
    );
    expect(stdout).toMatch(/Wire the valve.*\nexit 0\nexit 69\n/);
    expect(stderr).toContain(`the disk is full, so nothing can be written to ${person.database}`);
  });

  test('keeps a list from being migrated without a copy, and loses nothing of it', () => {
    const person = makePerson();
    const { stdout, stderr } = onSmallDisk(
      person,
      `docket create 'Wire the valve' >/dev/null
      "$NODE" -e '
        const { DatabaseSync } = require("node:sqlite");
        new DatabaseSync(process.argv[1]).exec("DELETE FROM docket_migrations WHERE version > 2; ALTER TABLE clients DROP COLUMN time_zone");
      ' "$DISK/docket/docket.db" 2>/dev/null
      fill
      attempt docket list
      ls "$DISK/docket" | grep -c schema || true
      rm "$DISK/zeros"
      attempt docket list
      ls "$DISK/docket"`,
    );
    expect(stderr).toMatch(/is not migrated|the disk is full/);
    expect(stdout).toMatch(/^exit 69\n0\n.*Wire the valve\nexit 0\n/);
    expect(stdout).toContain('docket.db.schema-2\n');
    expect(stderr).toContain('a copy from before is');
  });

  test('keeps a database, settings and state from being half written', () => {
    const person = makePerson();
    const state = join(person.disk, 'state');
    const { stdout, stderr } = onSmallDisk(
      { ...person, env: { ...person.env, XDG_STATE_HOME: state } },
      `fill
      attempt docket init "${person.folder}"
      attempt prompt c
      rm "$DISK/zeros"
      docket create One >/dev/null
      prompt c >/dev/null
      fill
      attempt prompt d
      rm "$DISK/zeros"
      find "$DISK" -name '*.json.*' -o -name '*.draft'
      cat "$DISK"/state/docket/snapshots/* | "$NODE" -e 'JSON.parse(require("fs").readFileSync(0))'`,
    );
    expect(stderr).toMatch(/^docket: .*the disk is full/);
    expect(stdout).toMatch(/^exit 69\nexit 0\n/);
    expect(stdout.trimEnd()).toMatch(/exit 0$/);
    expect(readdirSync(join(person.folder, '.claude'))).toEqual(['docket.json']);
  });
});

test.skipIf(!canMount)('a read-only mount is read, and named to who would write', () => {
  const person = makePerson();
  const { stdout, stderr } = onSmallDisk(
    person,
    `docket create 'Wire the valve' >/dev/null
    mount -o remount,ro "$DISK"
    attempt docket list
    attempt prompt c
    attempt docket create Another
    attempt docket doctor`,
  );
  expect(stdout.match(/exit \d+/g)).toEqual(['exit 0', 'exit 0', 'exit 69', 'exit 1']);
  expect(stdout.match(/Wire the valve/g)?.length).toBeGreaterThanOrEqual(2);
  expect(stderr).toContain(`docket: ${person.database} lies on a read-only file system`);
});

test('a file that changes while it is read as it is gives no answer', async () => {
  const path = temporaryFile();
  const writer = new DatabaseSync(path);
  writer.exec('CREATE TABLE letters (letter TEXT)');
  const refusal = new StoreError('unreachable', 'no');
  const { connection, hasChanged } = readAsItIs(DatabaseSync, path, refusal);
  expect(hasChanged?.()).toBe(false);
  writer.exec("INSERT INTO letters VALUES ('a')");
  expect(hasChanged?.()).toBe(true);
  connection.close();
  writer.close();
  expect(() => readAsItIs(DatabaseSync, dirname(path), refusal)).toThrow(refusal);
});

test('what has not come from the log into the file yet is not left out', () => {
  const path = temporaryFile();
  const writer = new DatabaseSync(path);
  writer.exec('PRAGMA journal_mode = WAL; CREATE TABLE letters (letter TEXT)');
  writer.exec("INSERT INTO letters VALUES ('a')");
  const read = readAsItIs(DatabaseSync, path, new StoreError('unreachable', 'no'));
  expect(read.connection.prepare('SELECT letter FROM letters').all()).toEqual([{ letter: 'a' }]);
  read.connection.close();
  writer.close();
});

test('an error of another kind, and one that the file system cannot explain, stay as they are', () => {
  const path = temporaryFile();
  writeFileSync(path, '');
  const error = (errcode: number) =>
    new StoreError('unreachable', 'as SQLite says', { cause: { errcode } });
  for (const errcode of [0, 10, 778, 4874, 14]) {
    const given = error(errcode);
    expect(explainFailure(given, path, { mayTry: true })).toBe(given);
  }
  expect(explainFailure(error(13), path, { mayTry: false }).message).toContain('the disk is full');
  expect(readdirSync(dirname(path))).toEqual(['docket.db']);
  expect(statSync(path).size).toBe(0);
  expect(readFileSync(path, 'utf8')).toBe('');
});

test('a damaged file is not read as it is', async () => {
  const path = temporaryFile();
  writeFileSync(path, 'not a database at all, '.repeat(1_000));
  await expect(openSqlite(path, { mode: 'read' })).rejects.toMatchObject({
    message: expect.stringContaining('not a database'),
  });
});
