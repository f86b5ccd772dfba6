import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest';
import { databaseUrl, defaultDatabase } from '../../../lib/config/database.ts';
import { startScript } from '../../../lib/settings/own-entries.ts';
import { tripBreaker } from '../../../lib/state/breaker.ts';
import { saveSnapshot } from '../../../lib/state/snapshot.ts';
import { buildAll } from '../../../scripts/build.ts';
import {
  commit,
  git,
  install,
  makeRepository,
  makeSetupUser,
  type SetupUser,
} from '../../install/setup-user.ts';
import { withOlderStart } from '../../settings/older-start.ts';

interface Found {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly next?: string;
}

let dist: string;
let person: SetupUser;
let folder: string;

beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'docket dist '));
  await buildAll(dist);
});

afterAll(() => rmSync(dist, { recursive: true, force: true, maxRetries: 10 }));

beforeEach(async () => {
  person = makeSetupUser();
  install(person, dist);
  const path = `${join(person.home, '.local/bin')}:${person.env.PATH}`;
  person = { ...person, ...withEnv({ PATH: path }) };
  folder = makeRepository(person, 'web');
  await person.docket(folder, 'init');
  commit(folder, 'docket');
});

/** The same person with other variables. */
function withEnv(variables: Record<string, string>): Pick<SetupUser, 'env' | 'docket'> {
  const env = { ...person.env, ...variables };
  const other = makeSetupUser(env);
  return { env, docket: other.docket };
}

async function examine(at = folder, who: Pick<SetupUser, 'docket'> = person) {
  const { stdout, exitCode } = await who.docket(at, 'doctor', '--json');
  const { data } = JSON.parse(stdout);
  const checks = new Map((data.checks as Found[]).map((check) => [check.name, check]));
  return { exitCode, data, checks };
}

test('a project that is set up is healthy, and nothing is to be done', async () => {
  const { exitCode, data, checks } = await examine();
  const others = [...checks.values()].filter(({ status }) => status !== 'ok');
  expect(others).toEqual([]);
  expect([exitCode, data.healthy]).toEqual([0, true]);
  expect([...checks.keys()]).toEqual([
    'node',
    'installation',
    'PATH',
    'hooks',
    'launcher',
    'list',
    'git',
    'database',
    'other trackers',
    'sandbox',
    'sample prompt',
    'sample TaskCreate',
  ]);
});

test('it shows what the model would see, with its length and how long it took', async () => {
  await person.docket(folder, 'create', 'Wire the flux valve');
  const { stdout } = await person.docket(folder, 'doctor');
  expect(stdout).toMatch(/sample prompt +\d+ characters in \d+ ms/);
  expect(stdout).toContain('  | <docket workspace="web"');
  expect(stdout).toContain('Wire the flux valve');
  expect(stdout).toContain("  | docket create 'Sample task'");
  expect(stdout).toContain('docket works.');
});

test('it leaves no rows, no state and no files', async () => {
  const database = new DatabaseSync(join(person.home, '.local/share/docket/docket.db'));
  const counts = () =>
    ['workspaces', 'tasks', 'sessions', 'task_events'].map((table) =>
      database.prepare(`SELECT count(*) AS n, '${table}' AS name FROM ${table}`).get(),
    );
  const files = () =>
    readdirSync(person.home, { recursive: true, encoding: 'utf8' })
      .filter((path) => !/docket\.db-(wal|shm)$|\/compile-cache/.test(path))
      .sort();
  const before = [counts(), files(), git(folder, 'status', '--porcelain')];
  // A folder of its own: doctors of other tests have theirs in the shared one.
  const temporary = mkdtempSync(join(tmpdir(), 'docket-temporary-'));
  onTestFinished(() => rmSync(temporary, { recursive: true }));
  vi.stubEnv('TMPDIR', temporary);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  await examine();
  expect([counts(), files(), git(folder, 'status', '--porcelain')]).toEqual(before);
  expect(readdirSync(temporary)).toEqual([]);
  database.close();
});

describe('says what is wrong', () => {
  async function expectCheck(name: string, status: string, message: string | RegExp, at = folder) {
    const { checks, exitCode } = await examine(at);
    const check = checks.get(name);
    expect(check?.status).toBe(status);
    expect(check?.message).toMatch(message);
    if (status === 'fail') expect(exitCode).toBe(1);
    return check;
  }

  test('when docket is not installed', async () => {
    rmSync(join(person.home, '.local/share/docket/current'));
    const check = await expectCheck('installation', 'fail', 'not installed');
    expect(check?.next).toContain('./scripts/setup');
  });

  test('when the Node.js of the installation is gone', async () => {
    const node = join(person.home, '.local/share/docket/current/node');
    rmSync(node);
    await expectCheck('node', 'warn', 'is gone');
  });

  test('when docket is not on PATH, or another program is', async () => {
    const bin = join(person.home, '.local/bin');
    const plain = withEnv({ PATH: '/usr/bin:/bin' });
    const { checks } = await examine(folder, plain);
    expect(checks.get('PATH')).toMatchObject({
      status: 'warn',
      next: `export PATH="${bin}:$PATH"`,
    });
    mkdirSync(join(person.base, 'first'));
    writeFileSync(join(person.base, 'first/docket'), '#!/bin/sh\n', { mode: 0o755 });
    const shadowed = withEnv({ PATH: `${join(person.base, 'first')}:${person.env.PATH}` });
    const found = (await examine(folder, shadowed)).checks.get('PATH');
    expect(found).toMatchObject({
      status: 'warn',
      message: expect.stringContaining('first/docket'),
    });
  });

  test('when the entries are missing or of another version', async () => {
    const path = join(folder, '.claude/settings.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"timeout": 3', '"timeout": 30'));
    await expectCheck('hooks', 'warn', 'not those of this version');
    writeFileSync(path, '{}');
    await expectCheck('hooks', 'fail', 'no docket hooks');
  });

  test('when the launcher is missing, empty or another one', async () => {
    const path = join(folder, '.claude/docket/hook');
    for (const text of ['', '#!/bin/sh\nexit 0\n', readFileSync(path, 'utf8').slice(0, 900)]) {
      writeFileSync(path, text);
      await expectCheck('launcher', 'warn', 'not that of this version');
      await expectCheck('sample prompt', 'fail', "not docket's launcher");
    }
    rmSync(path);
    await expectCheck('launcher', 'fail', 'missing');
    await expectCheck('sample prompt', 'fail', "not docket's launcher");
  });

  test('when something that is no file stands in place of the launcher', async () => {
    const path = join(folder, '.claude/docket/hook');
    const others = [
      () => mkdirSync(path),
      () => execFileSync('mkfifo', [path]),
      () => symlinkSync('/dev/null', path),
    ];
    for (const put of others) {
      rmSync(path, { recursive: true });
      put();
      const check = await expectCheck('launcher', 'fail', 'is not a file, so no hook runs');
      const mend = check?.next?.replace(', then ', ' && ') ?? '';
      const [remove = '', init] = mend.split(' && ');
      expect(init).toMatch(/^docket init /);
      execFileSync('sh', ['-c', remove]);
      await person.docket(folder, 'init');
      await expectCheck('launcher', 'ok', path);
    }
  });

  test('when a checkout gave the launcher carriage returns, with which it works', async () => {
    const path = join(folder, '.claude/docket/hook');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
    const check = await expectCheck('launcher', 'warn', 'carriage returns');
    expect(check?.next).toContain('docket init');
    await expectCheck('sample prompt', 'ok', 'characters');
    await person.docket(folder, 'init');
    await expectCheck('launcher', 'ok', path);
  });

  test('when entries of an older docket start a launcher that lost its x bit', async () => {
    const path = join(folder, '.claude/docket/hook');
    chmodSync(path, 0o644);
    await expectCheck('sample prompt', 'ok', 'characters');
    writeFileSync(join(folder, '.claude/settings.json'), JSON.stringify(withOlderStart()));
    const check = await expectCheck('hooks', 'warn', 'not those of this version');
    expect(check?.next).toContain('docket init');
    await expectCheck('sample prompt', 'fail', 'EACCES');
    await person.docket(folder, 'init');
    await expectCheck('sample prompt', 'ok', 'characters');
  });

  test('when docket was never initialised, or its file is broken', async () => {
    const other = makeRepository(person, 'other');
    await expectCheck('list', 'fail', 'never initialised', other);
    writeFileSync(join(folder, '.claude/docket.json'), '{');
    await expectCheck('configuration', 'fail', 'not valid JSON');
  });

  test('when a session starts in a subfolder, where Claude Code reads no project settings', async () => {
    const sub = join(folder, 'src');
    mkdirSync(sub);
    const check = await expectCheck('hooks', 'warn', 'only in the folder it starts in', sub);
    expect(check?.next).toBe('docket init --user');
    await person.docket(folder, 'init', '--user');
    await expectCheck('hooks', 'ok', 'current in your own', sub);
    await expectCheck('sample prompt', 'ok', 'characters', sub);
  });

  test('when a nested docket.json is there that does not count', async () => {
    const sub = join(folder, 'src');
    mkdirSync(join(sub, '.claude'), { recursive: true });
    const text = readFileSync(join(folder, '.claude/docket.json'), 'utf8');
    writeFileSync(join(sub, '.claude/docket.json'), text);
    await expectCheck('list', 'warn', 'is not used', sub);
  });

  test('when the file is not committed or ignored', async () => {
    git(folder, 'rm', '--quiet', '--cached', '.claude/docket.json');
    await expectCheck('git', 'warn', 'not committed yet: .claude/docket.json');
    writeFileSync(join(folder, '.gitignore'), '.claude/docket.json\n');
    await expectCheck('git', 'warn', 'git ignores .claude/docket.json');
  });

  test('what a shell reads in the path of a project does no harm in a hint', async () => {
    const place = makeRepository(person, 'it\'s `x` $HOME "y"');
    await person.docket(place, 'init');
    const check = await expectCheck('git', 'warn', 'not committed yet', place);
    execFileSync('sh', ['-c', (check?.next ?? '').replace(/, then commit$/, '')]);
    expect(git(place, 'diff', '--cached', '--name-only')).toContain('.claude/docket.json');
  });

  test('when the database is locked away, corrupt, or too new', async () => {
    const path = join(person.home, '.local/share/docket/docket.db');
    const database = new DatabaseSync(path);
    database.exec("INSERT INTO docket_migrations VALUES (999, 'later', 999, 999, 'now')");
    database.close();
    await expectCheck('database', 'fail', 'needs a newer docket');
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
    writeFileSync(path, 'no database at all '.repeat(100));
    await expectCheck('database', 'fail', 'is not a database');
    await expectCheck('sample prompt', 'fail', 'the person is told');
    renameSync(path, `${path}.away`);
    await expectCheck('database', 'fail', 'docket.db is missing, and the list web with it');
    expect(existsSync(path)).toBe(false);
  });

  test('when the list is gone, as a command says it', async () => {
    const path = join(person.home, '.local/share/docket/docket.db');
    for (const lose of [() => rmSync(path), () => writeFileSync(path, '')]) {
      await person.docket(folder, 'init');
      await person.docket(folder, 'create', 'One');
      lose();
      for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true });
      const { exitCode, stdout } = await person.docket(folder, 'list', '--json');
      expect(exitCode).toBe(69);
      const { message, hint } = JSON.parse(stdout).error;
      const check = await expectCheck('database', 'fail', message);
      expect(check?.next).toBe(hint);
    }
    expect((await person.docket(folder, 'init')).exitCode).toBe(0);
    expect((await person.docket(folder, 'list')).exitCode).toBe(0);
  });

  test('when a server refuses, and when its URL is not approved', async () => {
    const file = join(folder, '.claude/docket.json');
    const config = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...config, database: 'mysql://127.0.0.1:1/tasks' }));
    const refused = await expectCheck('database', 'fail', 'is not approved');
    expect(refused?.next).toContain("docket trust 'mysql://127.0.0.1:1/tasks'");
    expect(refused?.message.split('mysql://')).toHaveLength(2);
    await person.docket(folder, 'trust', 'mysql://127.0.0.1:1/tasks');
    const down = await expectCheck('database', 'fail', 'ECONNREFUSED');
    expect(down?.next).toContain('127.0.0.1:1');
  });

  test('with the list that a prompt gives while the server is away, and the name in git', async () => {
    const file = join(folder, '.claude/docket.json');
    const config = JSON.parse(readFileSync(file, 'utf8'));
    const database = 'mysql://127.0.0.1:1/tasks';
    writeFileSync(file, JSON.stringify({ ...config, database }));
    await person.docket(folder, 'trust', database);
    git(folder, 'config', 'user.name', 'Ann Other');
    const sections = { mine: [], others: [], blocked: [], ready: [], waiting: [] };
    saveSnapshot(
      join(person.home, '.local/state/docket'),
      { database, workspace: config.workspace.id },
      {
        list: {
          ...{ slug: 'web', seq: 1, at: '2026-11-21T10:02:00.000Z', ...sections },
          counts: { mine: 0, others: 0, blocked: 0, ready: 0, waiting: 0 },
        },
        readAt: Date.now() - 600_000,
      } as never,
    );
    const { data } = await examine(folder, withEnv({ DOCKET_ACTOR: '' }));
    const { text } = data.trials[0];
    expect(text).toContain('The docket database is away. This is the list of 10 min ago');
    expect(text).toContain('you="Ann_Other#');
  });

  test('when the hooks have given the database up for a while', async () => {
    const { workspace } = JSON.parse(readFileSync(join(folder, '.claude/docket.json'), 'utf8'));
    const database = databaseUrl(defaultDatabase(join(person.home, '.local/share/docket')));
    tripBreaker(
      join(person.home, '.local/state/docket'),
      { database, workspace: workspace.id },
      { now: Date.now(), reason: 'the database server is silent' },
    );
    const check = await expectCheck('hooks and database', 'warn', 'the database server is silent');
    expect(check?.message).toMatch(/try again in \d s/);
  });

  test('when hooks failed in the last day', async () => {
    const log = join(person.home, '.local/state/docket/hook.log');
    mkdirSync(join(log, '..'), { recursive: true });
    writeFileSync(log, '2020-01-01T00:00:00.000Z SessionStart Error: long ago\n');
    expect((await examine()).checks.has('hook log')).toBe(false);
    writeFileSync(log, `${new Date().toISOString()} SessionStart Error: just now\n    at x\n`);
    await expectCheck('hook log', 'warn', /^1 failure in a day, the last: .*just now$/);
  });
});

test('only the own entries of docket are started', async () => {
  const path = join(folder, '.claude/settings.json');
  const settings = JSON.parse(readFileSync(path, 'utf8'));
  const trace = join(person.base, 'trace');
  for (const command of [`touch '${trace}'`, `touch '${trace}' # /.claude/docket/hook`]) {
    settings.hooks.UserPromptSubmit.push({ hooks: [{ type: 'command', command }] });
  }
  writeFileSync(path, JSON.stringify(settings));
  expect((await examine()).checks.get('sample prompt')?.status).toBe('ok');
  expect(existsSync(trace)).toBe(false);
});

describe('nothing of a hostile repository is started', () => {
  let trace: string;

  beforeEach(() => {
    trace = join(person.base, 'trace');
    mkdirSync(join(folder, 'x/.claude/docket'), { recursive: true });
    writeFileSync(join(folder, 'x/.claude/docket/hook'), script(), { mode: 0o755 });
  });

  function script(): string {
    return `#!/bin/sh\necho "$DOCKET_PASSWORD" > '${trace.replaceAll("'", "'\\''")}'\n`;
  }

  async function expectForeign(hook: Readonly<Record<string, unknown>>): Promise<void> {
    writeFileSync(
      join(folder, '.claude/settings.local.json'),
      JSON.stringify({ hooks: { UserPromptSubmit: [{ hooks: [{ type: 'command', ...hook }] }] } }),
    );
    const { checks, exitCode } = await examine(folder, withEnv({ DOCKET_PASSWORD: 'geheim' }));
    expect(checks.get('sample prompt')).toMatchObject({
      status: 'fail',
      message: expect.stringContaining("not docket's launcher"),
    });
    expect([exitCode, existsSync(trace)]).toEqual([1, false]);
  }

  test.for([
    ['a path that ends like the launcher’s', 'x/.claude/docket/hook', ['user-prompt-submit']],
    ['the same without arguments', 'x/.claude/docket/hook', undefined],
    ['an event that leads elsewhere', '.claude/docket/hook', ['../../x']],
  ] as const)('%s', async ([, path, args]) => {
    await expectForeign({ command: `\${CLAUDE_PROJECT_DIR}/${path}`, ...(args ? { args } : {}) });
  });

  test('a shell that the repository brings along', async () => {
    writeFileSync(join(folder, 'x/sh'), script(), { mode: 0o755 });
    const own = `"$CLAUDE_PROJECT_DIR"/.claude/docket/hook user-prompt-submit`;
    await expectForeign({ command: `"$CLAUDE_PROJECT_DIR"/x/sh ${own}` });
    const args = ['-c', startScript, join(folder, '.claude/docket/hook'), 'user-prompt-submit'];
    await expectForeign({ command: join(folder, 'x/sh'), args });
  });

  test('another text, or a link, in the launcher’s place', async () => {
    const launcher = join(folder, '.claude/docket/hook');
    writeFileSync(launcher, script());
    await expectForeign({ command: 'true' });
    rmSync(launcher);
    symlinkSync(join(folder, 'x/.claude/docket/hook'), launcher);
    await expectForeign({ command: 'true' });
  });

  test('what its settings’ variables would have the launcher start', async () => {
    const code = `require('node:fs').writeFileSync(${JSON.stringify(trace)}, 'x')`;
    mkdirSync(join(folder, 'docket/current/hooks'), { recursive: true });
    writeFileSync(join(folder, 'docket/current/hooks/user-prompt-submit.cjs'), code);
    writeFileSync(join(folder, 'x.cjs'), code);
    const env = { XDG_DATA_HOME: folder, NODE_OPTIONS: `--require "${join(folder, 'x.cjs')}"` };
    writeFileSync(join(folder, '.claude/settings.local.json'), JSON.stringify({ env }));
    expect((await examine()).checks.get('sample prompt')?.status).toBe('ok');
    expect(existsSync(trace)).toBe(false);
  });
});

test('with the hooks of the user as well, nobody gets everything twice', async () => {
  await person.docket(folder, 'init', '--user');
  const { data, checks } = await examine();
  expect(checks.get('sample prompt')?.status).toBe('ok');
  expect(data.trials.map(({ speakers }: { speakers: number }) => speakers)).toEqual([1, 1]);
});

test('variables that the settings set count, as in Claude Code', async () => {
  const path = join(folder, '.claude/settings.local.json');
  writeFileSync(path, JSON.stringify({ env: { DOCKET_ACTOR: 'carol@three' } }));
  const { data } = await examine();
  expect(data.trials[0].text).toContain('you="carol@three');
});

test('a hook that hangs is ended when its time is up, with what it started', async () => {
  const pidFile = join(person.base, 'pid');
  writeFileSync(
    join(person.home, '.local/share/docket/current/hooks/user-prompt-submit.cjs'),
    `const child = require('node:child_process').spawn('sleep', ['61']);
    require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));`,
  );
  const path = join(folder, '.claude/settings.json');
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('"timeout": 3', '"timeout": 1'));
  const { checks } = await examine();
  expect(checks.get('sample prompt')?.message).toContain('its time was up');
  const pid = readFileSync(pidFile, 'utf8').trim();
  // Where nobody waits for it, a process that ended is listed as Z.
  expect(execFileSync('ps', ['-A', '-o', 'pid=,stat='], { encoding: 'utf8' })).not.toMatch(
    new RegExp(`^ *${pid} +[^Z ]`, 'm'),
  );
});

test('the tasks of the list are counted with their subtasks', async () => {
  for (const parent of ['One', 'Two']) {
    const { stdout } = await person.docket(folder, 'create', parent, '--json');
    const { key } = JSON.parse(stdout).data.task;
    for (const title of ['a', 'b']) await person.docket(folder, 'create', title, '--parent', key);
  }
  const { stdout } = await person.docket(folder, 'doctor');
  expect(stdout).toContain('list web: 6 tasks so far');
});
