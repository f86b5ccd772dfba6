import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeSetupUser } from '../../install/setup-user.ts';
import { openCliHarness } from '../cli-harness.ts';

const url = 'mysql://db.example.com:3306/tasks';

test('an approval is kept for the person alone, and listed', async () => {
  const person = makeSetupUser();
  expect((await person.docket(person.base, 'trust')).stdout).toContain('No database is approved');
  const given = await person.docket(person.base, 'trust', 'mysql://bob@DB.example.com/tasks');
  expect(given.exitCode).toBe(0);
  expect(given.stdout).toContain(`docket may connect to ${url} as bob, with TLS`);
  expect(given.stdout).toContain(`{"${url}": {"user": "bob", "password": "..."}}`);
  expect(given.stdout).toContain(
    "docket trust 'mysql://bob@db.example.com:3306/tasks' --password - < FILE",
  );
  const file = join(person.home, '.config/docket/trusted.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { stdout } = await person.docket(person.base, 'trust', '--json');
  expect(JSON.parse(stdout).data.approvals).toEqual([{ url, tls: 'verify', user: 'bob' }]);
  // Approved again without a user, the one that was named stays.
  await person.docket(person.base, 'trust', url);
  expect((await person.docket(person.base, 'trust')).stdout).toContain(`${url} as bob`);
});

test('the user of an approved URL is whom the next commands log in as', async () => {
  const person = makeSetupUser();
  const folder = join(person.base, 'web');
  mkdirSync(join(folder, '.claude'), { recursive: true });
  const workspace = { id: '01890000-0000-7000-8000-000000000001', slug: 'web' };
  writeFileSync(
    join(folder, '.claude/docket.json'),
    JSON.stringify({ workspace, database: 'mysql://mallory@db.example.com/tasks' }),
  );
  const userOf = async () => JSON.parse((await person.docket(folder, 'where', '--json')).stdout);
  await person.docket(person.base, 'trust', 'mysql://bob@db.example.com/tasks');
  expect((await userOf()).data.user).toBe('bob');
});

test('a password on standard input is kept beside what the entry says, for the person alone', async () => {
  const harness = openCliHarness();
  const folder = join(harness.home, 'config/docket');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'credentials.json');
  const other = { user: 'carol', password: 'x' };
  const before = { 'mysql://db.example.com/tasks': { ca: 'ca.crt' }, 'mysql://other/a': other };
  writeFileSync(file, JSON.stringify(before), { mode: 0o644 });
  const command = ['trust', 'mysql://bob@db.example.com:3306/tasks', '--password'] as const;
  const told = await harness.with({ stdin: 'it\'s a "secret"\n' }).text(...command, '-');
  expect(told).toContain(`Its password is kept in ${file}`);
  expect(told).not.toContain('secret');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    'mysql://db.example.com/tasks': { ca: 'ca.crt', user: 'bob', password: 'it\'s a "secret"' },
    'mysql://other/a': other,
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);

  for (const stdin of ['', 'two\nlines\n']) {
    const error = await harness.with({ stdin }).error(...command, '-');
    expect(error).toMatchObject({ code: 'usage', message: expect.stringContaining('one line') });
  }
  const inTheOpen = await harness.error(...command, 'secret');
  expect(inTheOpen).toMatchObject({ code: 'usage' });
  expect(JSON.stringify(inTheOpen)).not.toContain('secret');
  writeFileSync(file, '{"mysql://db.example.com/tasks": {"pasword": "x"}}', { mode: 0o600 });
  const broken = await harness.with({ stdin: 'x' }).error(...command, '-');
  expect(broken.code).toBe('invalid_config');
  expect(readFileSync(file, 'utf8')).toContain('pasword');
});

test('a server of this machine goes with TLS where an authority is named, and asks for no password that is kept', async () => {
  const harness = openCliHarness();
  const folder = join(harness.home, 'config/docket');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'ca.crt'), 'BEGIN CERTIFICATE');
  const here = 'mysql://127.0.0.1:3306/tasks';
  const entry = { ca: 'ca.crt', password: 'x' };
  writeFileSync(join(folder, 'credentials.json'), JSON.stringify({ [here]: entry }), {
    mode: 0o600,
  });
  const told = await harness.text('trust', here);
  expect(told).toBe(`docket may connect to ${here}, with TLS and a certificate that is checked`);
  expect(await harness.text('trust')).toContain(`${here}, with TLS`);
});

test('help shows the form of credentials.json', async () => {
  const person = makeSetupUser();
  const { stdout } = await person.docket(person.base, 'trust', '--help');
  expect(stdout).toContain(
    '{"mysql://db.example.com:3306/tasks": {"user": "alice", "password": "..."}}',
  );
  expect(stdout).toMatch(/mode 0600/);
});

test('what is approved without TLS is listed so, and can be approved again with it', async () => {
  const person = makeSetupUser();
  await person.docket(person.base, 'trust', `${url}?ssl=off`);
  expect((await person.docket(person.base, 'trust')).stdout).toContain(`${url}, without TLS`);
  await person.docket(person.base, 'trust', url);
  const { stdout } = await person.docket(person.base, 'trust');
  expect(stdout).toContain(`${url}, with TLS`);
  expect(stdout).not.toContain('without');
});

test.each(['CLAUDECODE', 'CLAUDE_CODE_SESSION_ID'])(
  'a session cannot approve anything (%s), and is told who can',
  async (variable) => {
    const person = makeSetupUser({ [variable]: '1' });
    const { exitCode, stderr } = await person.docket(person.base, 'trust', url);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`docket trust '${url}'`);
    expect(existsSync(join(person.home, '.config'))).toBe(false);
    expect((await person.docket(person.base, 'trust')).exitCode).toBe(0);
  },
);

test.each([
  ['mysql://alice:secret@db.example.com/tasks', 'password'],
  ['postgres://db.example.com/tasks', 'not a database URL'],
  ['mysql://db.example.com/', 'a database name'],
  ['mysql://db.example.com/tasks?ssl=no', '?ssl=off'],
])('%s is refused with the reason, and no password is repeated', async (wrong, reason) => {
  const person = makeSetupUser();
  const { exitCode, stderr } = await person.docket(person.base, 'trust', wrong);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(reason);
  expect(stderr).not.toContain('secret');
});

test('a broken list of approvals is named, not overwritten', async () => {
  const person = makeSetupUser();
  const file = join(person.home, '.config/docket/trusted.json');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '{', { mode: 0o600 });
  const { exitCode, stderr } = await person.docket(person.base, 'trust', url);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(file);
  expect(statSync(file).size).toBe(1);
});
