import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BackupAnswer, RestoreAnswer } from '../../../../lib/model/answers/backup.ts';
import { fillSecondSchema } from '../../../store/sqlite/second-schema.ts';
import { type CliHarness, openCliHarness, workspace } from '../../cli-harness.ts';

/** A list with a task that is done and one that waits, and a folder for backups. */
async function backedUp(...flags: readonly string[]) {
  const harness = openCliHarness();
  const key = await harness.create('First');
  await harness.create('Second ✓', '--needs', key);
  await harness.text('claim', key);
  await harness.text('close', key, '--outcome', 'done');
  const folder = join(harness.home, 'backups');
  const answer = await harness.json(BackupAnswer, 'backup', folder, ...flags);
  return { harness, key, folder, answer };
}

const kinds = [[[], 'db'] as const, [['--dump'], 'jsonl'] as const];

/** What people see of a list. */
async function seen(harness: CliHarness): Promise<readonly string[]> {
  return Promise.all([harness.text('list', '--all'), harness.text('log', '--limit', '1000')]);
}

function lose({ database }: CliHarness): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${database}${end}`, { force: true });
}

test.each(kinds)('a list that is lost comes back from its backup (%j)', async (flags, kind) => {
  const { harness, folder, answer } = await backedUp(...flags);
  expect(answer).toMatchObject({
    ...{ kind, retention: null, database: `sqlite:${harness.database}` },
    lists: [{ slug: 'web', tasks: 2 }],
  });
  expect(answer.bytes).toBe(statSync(answer.to).size);
  expect(readdirSync(folder)).toEqual([answer.to.slice(folder.length + 1)]);
  expect(statSync(answer.to).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const before = await seen(harness);
  lose(harness);
  expect(await harness.error('list')).toMatchObject({ exitCode: 69 });
  const restored = await harness.json(RestoreAnswer, 'restore', answer.to);
  expect(restored).toMatchObject({ from: answer.to, lists: answer.lists, next: null });
  expect(await seen(harness)).toEqual(before);
  expect(readdirSync(folder)).toHaveLength(1);
});

test('it is said what was backed up and restored, in which list and how much', async () => {
  const { harness, folder, answer } = await backedUp();
  const backup = await harness.text('backup', folder);
  expect(backup).toMatch(
    /^Backed up sqlite:\S+docket\.db to \S+\.db \(\d+ KiB, checked\)\n {2}web {2}2 tasks, \d events$/,
  );
  const to = `sqlite:${join(harness.home, 'new.db')}`;
  const restore = await harness.text('restore', answer.to, '--database', to);
  expect(restore).toMatch(/^Restored \S+\.db to sqlite:\S+new\.db\n {2}web {2}2 tasks, \d events$/);
});

test.each(kinds)('a backup goes into no database that has a list (%j)', async (flags) => {
  const { harness, answer } = await backedUp(...flags);
  const before = await seen(harness);
  expect(await harness.error('restore', answer.to)).toMatchObject({
    ...{ code: 'conflict', exitCode: 4 },
    message: expect.stringContaining('is not empty: it has web (tasks: 2)'),
    hint: expect.stringContaining('--database'),
  });
  expect(await seen(harness)).toEqual(before);
});

test('a list that was made and not used yet counts as nothing', async () => {
  const { harness, answer } = await backedUp();
  const before = await seen(harness);
  const other = openCliHarness();
  expect(await other.text('list')).toContain('Nothing to do');
  await other.text('restore', answer.to);
  expect(await seen(other)).toEqual(before);
});

test('what a log of the lost file held does not come into the restored one', async () => {
  const { harness, answer } = await backedUp();
  const before = await seen(harness);
  lose(harness);
  writeFileSync(`${harness.database}-wal`, Buffer.alloc(40_000, 7));
  await harness.text('restore', answer.to);
  expect(await seen(harness)).toEqual(before);
});

test('a dump is a line of what it is, the lists as export has them, and a checksum', async () => {
  const { harness, answer } = await backedUp('--dump');
  const lines = readFileSync(answer.to, 'utf8').trimEnd().split('\n');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ docket: 'backup', format: 1, lists: 1 });
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ end: 'backup', lists: 1 });
  const exported = (await harness.text('export')).split('\n');
  expect(lines.slice(2, -2)).toEqual(exported.slice(1, -1));
});

test('what docket export wrote is restored as well', async () => {
  const { harness } = await backedUp();
  const file = join(harness.home, 'web.jsonl');
  await harness.text('export', file);
  const to = ['--database', `sqlite:${join(harness.home, 'new.db')}`];
  await harness.text('restore', file, ...to);
  expect(await harness.text('list', '--all', ...to)).toBe(await harness.text('list', '--all'));
});

test('half a dump, a changed one and a newer one are told apart, and nothing is written', async () => {
  const { harness, answer } = await backedUp('--dump');
  const text = readFileSync(answer.to, 'utf8');
  const file = join(harness.home, 'wrong.jsonl');
  const wrong: readonly (readonly [string, string, string])[] = [
    ['has no end: it was cut off', 'invalid_input', text.slice(0, text.length / 2)],
    ['has half an end', 'invalid_input', text.slice(0, -20)],
    ['its checksum is another one', 'invalid_input', text.replace('"First"', '"Fifth"')],
    ['its checksum is another one', 'invalid_input', text.replace('"row":{', '"row";{')],
    ['its checksum is another one', 'invalid_input', text.replace(/\{"table":"task_e[^\n]*\n/, '')],
    ['its checksum is another one', 'invalid_input', text.replace(/"sha256":"./, '"sha256":"x')],
    ['has format 2, which a newer', 'schema_too_new', text.replace('"format":1', '"format":2')],
    [
      'has schema 999, which a newer',
      'schema_too_new',
      text.replace(/"schema":\d+/, '"schema":999'),
    ],
    ['is no backup that docket wrote', 'invalid_input', '{"docket":"backup"}\n'],
    ['is no backup that docket wrote', 'invalid_input', '- [ ] a checklist\n'],
    ['is empty', 'invalid_input', ''],
  ];
  const to = ['--database', `sqlite:${join(harness.home, 'new.db')}`];
  for (const [message, code, content] of wrong) {
    writeFileSync(file, content);
    const error = await harness.error('restore', file, ...to);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(error.hint).toBeDefined();
  }
  expect(readdirSync(harness.home)).not.toContain('new.db');
});

test('each single byte that is another one, and each cut, is found', async () => {
  const { harness, answer } = await backedUp('--dump');
  const bytes = readFileSync(answer.to);
  const file = join(harness.home, 'wrong.jsonl');
  const to = ['--database', `sqlite:${join(harness.home, 'new.db')}`];
  for (let place = 0; place < bytes.length - 1; place += 41) {
    const changed = Buffer.from(bytes);
    changed[place] = (changed[place] ?? 0) ^ 1;
    writeFileSync(file, changed);
    expect((await harness.error('restore', file, ...to)).exitCode, `byte ${place}`).toBeGreaterThan(
      0,
    );
    writeFileSync(file, bytes.subarray(0, place));
    expect((await harness.error('restore', file, ...to)).exitCode, `cut ${place}`).toBeGreaterThan(
      0,
    );
  }
  expect(readdirSync(harness.home)).not.toContain('new.db');
});

test('a damaged copy, a database of somebody else and a newer schema are refused', async () => {
  const { harness, answer } = await backedUp();
  const sql = (file: string, text: string) => {
    const script = `new (require('node:sqlite').DatabaseSync)(process.argv[1]).exec(process.argv[2])`;
    execFileSync(process.execPath, ['--no-warnings', '-e', script, file, text]);
  };
  const copy = (name: string) => {
    const file = join(harness.home, name);
    cpSync(answer.to, file);
    return file;
  };
  const half = copy('half.db');
  truncateSync(half, statSync(half).size / 2);
  const newer = copy('newer.db');
  sql(newer, `UPDATE docket_migrations SET version = 999 WHERE version = 1`);
  const stray = copy('stray.db');
  sql(stray, `PRAGMA foreign_keys = OFF; UPDATE task_events SET task_id = 'none'`);
  const longer = copy('longer.db');
  sql(longer, `UPDATE workspaces SET seq = 1`);
  const foreign = join(harness.home, 'foreign.db');
  sql(foreign, 'CREATE TABLE t (n)');
  const signature = join(harness.home, 'signature.db');
  writeFileSync(signature, 'SQLite format 3\0 and nothing of it');
  const to = ['--database', `sqlite:${join(harness.home, 'new.db')}`];
  for (const [file, code, message] of [
    [half, 'invalid_input', 'cannot be restored'],
    [newer, 'schema_too_new', 'has schema 999'],
    [stray, 'invalid_input', 'a row of task_events refers to nothing'],
    [longer, 'invalid_input', 'the history of web is longer than said'],
    [foreign, 'invalid_input', 'none of docket'],
    [signature, 'invalid_input', 'cannot be restored'],
  ] as const) {
    expect(await harness.error('restore', file, ...to)).toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  }
  expect(readdirSync(harness.home)).not.toContain('new.db');
});

test('two gigabytes that are no backup are refused at once, by what they begin with', async () => {
  const { harness } = await backedUp();
  const file = join(harness.home, 'large');
  for (const head of ['', '{"docket":"backup"', 'SQLite format 3\0']) {
    writeFileSync(file, head);
    truncateSync(file, 2 ** 31);
    const before = process.memoryUsage().rss;
    const error = await harness.error('restore', file, '--database', 'sqlite:new.db');
    expect(error.code).toBe('invalid_input');
    // A line may have 64 MiB before it is known for none.
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  }
});

test('a folder of backups whose own folder is missing is not made, and what to do is said', async () => {
  const { harness } = await backedUp();
  expect(await harness.error('backup', join(harness.home, 'disk/backups'))).toMatchObject({
    message: expect.stringContaining(`there is no folder ${join(harness.home, 'disk')}`),
    hint: 'Make that one first, or mount the disk that it is on',
  });
});

test('what is no file, and a file that is not there, is said', async () => {
  const { harness, folder } = await backedUp();
  const none = join(harness.home, 'none');
  expect((await harness.error('restore', none)).message).toBe(
    `cannot read ${none}: there is no such file`,
  );
  expect(await harness.error('restore', folder)).toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('is not a file'),
  });
  expect((await harness.error('restore', '/dev/zero')).message).toContain('is not a file');
  const pipe = join(harness.home, 'pipe');
  execFileSync('mkfifo', [pipe]);
  expect((await harness.error('restore', pipe)).message).toContain('is not a file');
});

test('a place that takes no backup is said, and nothing is left there', async () => {
  const { harness } = await backedUp();
  const file = join(harness.home, 'file');
  writeFileSync(file, '');
  expect(await harness.error('backup', file)).toMatchObject({
    ...{ code: 'invalid_input', exitCode: 2 },
    message: expect.stringContaining('is a file, and backups go into a folder'),
  });
  expect((await harness.error('backup', join(file, 'under'))).code).toBe('invalid_input');
  const deep = join(harness.home, 'not/mounted');
  expect((await harness.error('backup', deep)).message).toContain(
    `no folder ${join(harness.home, 'not')}`,
  );
  expect((await harness.error('backup', '/proc/backups')).code).toBe('invalid_input');
  const missing = `sqlite:${join(harness.home, 'missing.db')}`;
  expect(await harness.error('backup', harness.home, '--database', missing)).toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('there is no database'),
  });
  const foreign = join(harness.home, 'not-a-database.db');
  writeFileSync(foreign, 'no database '.repeat(100));
  const folder = join(harness.home, 'others');
  expect((await harness.error('backup', folder, '--database', `sqlite:${foreign}`)).code).toBe(
    'unreachable',
  );
  expect(readdirSync(folder)).toEqual([]);
});

test.each(kinds)(
  'a disk that is full leaves no half a backup and removes none (%j)',
  async (flags) => {
    const { harness, folder } = await backedUp(...flags);
    const before = readdirSync(folder);
    // What one process may write to a file ends here, as a disk would.
    const main = join(import.meta.dirname, '../../../../cli/bin.ts');
    const tsx = import.meta.resolve('tsx');
    const command = `ulimit -f 1; exec "$0" --import "$1" "$2" backup "$3" --keep 1d ${flags.join(' ')}`;
    const args = ['-c', command, process.execPath, tsx, main, folder];
    const { PATH = '' } = process.env;
    expect(() =>
      execFileSync('sh', args, {
        cwd: harness.project,
        env: { ...harness.env, PATH },
        stdio: 'pipe',
      }),
    ).toThrow(/cannot write|disk|full|EFBIG|I\/O|too big/);
    expect(readdirSync(folder)).toEqual(before);
  },
);

test('a link is followed to a folder, and as the name of a database to where it leads', async () => {
  const { harness, folder, answer } = await backedUp();
  const link = join(harness.home, 'link');
  symlinkSync(folder, link);
  await harness.text('backup', link);
  expect(readdirSync(folder)).toHaveLength(2);
  const there = join(harness.home, 'there.db');
  const name = join(harness.home, 'name.db');
  symlinkSync(there, name);
  await harness.text('restore', answer.to, '--database', `sqlite:${name}`);
  expect(statSync(there).size).toBeGreaterThan(0);
});

/** Puts a copy of a backup beside it, as one of another time. */
function older(file: string, stamp: string): string {
  const copy = file.replace(/\d{8}T\d{9}Z/, stamp);
  cpSync(file, copy);
  return copy;
}

test.each(kinds)(
  'of older backups those stay that --keep names, and everything that is none (%j)',
  async (flags, kind) => {
    const { harness, folder, answer } = await backedUp(...flags);
    const names = ['20250101T030000000Z', '20250101T040000000Z', '20250102T030000000Z'].map(
      (stamp) => older(answer.to, stamp).slice(folder.length + 1),
    );
    const broken = older(answer.to, '20250103T030000000Z');
    truncateSync(broken, statSync(broken).size - 100);
    const others = [
      answer.to.replace(/-[0-9a-f]{6}-/, '-ffffff-'),
      `${answer.to}.123.part`,
      answer.to.replace(`.${kind}`, `.${kind}.gz`),
      join(folder, 'docket.db'),
    ];
    for (const other of others) cpSync(answer.to, other);
    const link = answer.to.replace(/\d{8}T\d{9}Z/, '20240101T030000000Z');
    symlinkSync(answer.to, link);
    const kept = await harness.json(BackupAnswer, 'backup', folder, ...flags, '--keep', '2d');
    // Today's first one is followed by a newer one of the same day.
    expect(kept.retention?.removed).toEqual(
      [names[0], names[1], answer.to.slice(folder.length + 1)].sort(),
    );
    expect(kept.retention).toMatchObject({ kept: 2, broken: [broken.slice(folder.length + 1)] });
    const left = readdirSync(folder).map((name) => join(folder, name));
    expect(left.toSorted()).toEqual(
      [kept.to, join(folder, names[2] ?? ''), broken, link, ...others].toSorted(),
    );
    await harness.text('restore', kept.to, '--database', `sqlite:${join(harness.home, 'new.db')}`);
  },
);

test('a clock that was ahead does not cost the backup that was made just now', async () => {
  const { harness, answer, folder } = await backedUp();
  const ahead = older(answer.to, '20990101T030000000Z');
  rmSync(answer.to);
  const made = await harness.json(BackupAnswer, 'backup', folder, '--keep', '1d');
  expect(readdirSync(folder).toSorted()).toEqual(
    [ahead, made.to].map((file) => file.slice(folder.length + 1)).toSorted(),
  );
});

test('a wrong --keep is refused before anything is done', async () => {
  const { harness, folder } = await backedUp();
  const before = readdirSync(folder);
  for (const keep of ['', '0d', 'all', '7d,7d']) {
    expect(await harness.error('backup', folder, '--keep', keep)).toMatchObject({ exitCode: 2 });
  }
  expect(readdirSync(folder)).toEqual(before);
});

test('a backup of an older schema is migrated on the way, and stays as it is', async () => {
  const harness = openCliHarness();
  const file = join(harness.home, 'old.db');
  fillSecondSchema(file, workspace.id).close();
  const before = readFileSync(file);
  await harness.text('restore', file);
  expect(await harness.text('list')).toContain('web-b  P2  [ ] Old');
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(readdirSync(harness.home).filter((name) => name.startsWith('old.db'))).toEqual(['old.db']);
});

test('a folder that may not be read, and one that may not be written to, is said', async () => {
  if (process.getuid?.() === 0) return;
  const { harness, folder, answer } = await backedUp();
  chmodSync(folder, 0o500);
  expect((await harness.error('backup', folder)).message).toContain('you may not write there');
  chmodSync(folder, 0o700);
  chmodSync(answer.to, 0);
  expect((await harness.error('restore', answer.to)).message).toContain('EACCES');
});

test('a session backs nothing up that its person has not approved', async () => {
  const { harness, folder } = await backedUp();
  const other = join(harness.home, 'other.db');
  mkdirSync(join(harness.home, 'x'));
  renameSync(harness.database, other);
  const session = harness.with({ env: { CLAUDECODE: '1' } });
  expect(await session.error('backup', folder, '--database', `sqlite:${other}`)).toMatchObject({
    code: 'not_trusted',
  });
});
