import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import { makeInstalledUser } from '../../bench/world/installed-user.ts';
import { freshDatabase } from '../engines/database.ts';
import { dolt, mariadb, type ServerEngine } from '../engines/engines.ts';
import { builtHooks } from '../hooks/built-hooks.ts';

interface Person {
  readonly home: string;
  /** Runs a command in a folder, in a terminal, and gives what it prints. */
  docket(folder: string, args: readonly string[], input?: string): Promise<string>;
}

/** Somebody with docket installed, a home of their own and a name in git. */
async function makePerson(base: string, name: string): Promise<Person> {
  const home = join(base, name);
  const { command, env } = makeInstalledUser(home, await builtHooks());
  const own = { ...env, DOCKET_ACTOR: name, TMPDIR: base };
  return {
    home,
    docket: (folder, args, input = '') =>
      new Promise((resolve, reject) => {
        const child = spawn(command, args, { cwd: folder, env: own, stdio: 'pipe' });
        const said = { stdout: '', stderr: '' };
        for (const stream of ['stdout', 'stderr'] as const) {
          child[stream].setEncoding('utf8').on('data', (text: string) => {
            said[stream] += text;
          });
        }
        child.once('close', (code) => {
          if (code === 0) resolve(said.stdout);
          else reject(new Error(`docket ${args.join(' ')}: ${code}\n${said.stdout}${said.stderr}`));
        });
        child.stdin.end(input);
      }),
  };
}

function git(folder: string, ...args: readonly string[]): void {
  const author = ['-c', 'user.name=alice', '-c', 'user.email=alice@example.com'];
  execFileSync('git', [...author, ...args], { cwd: folder, stdio: 'ignore' });
}

/** Shows how long each step took. */
function stopWatch(title: string) {
  const steps: { readonly name: string; readonly milliseconds: number }[] = [];
  return {
    async step<T>(name: string, work: () => Promise<T>): Promise<T> {
      const started = performance.now();
      const result = await work();
      steps.push({ name, milliseconds: performance.now() - started });
      return result;
    },
    show(): void {
      const total = steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
      const lines = [...steps, { name: 'in all', milliseconds: total }].map(
        ({ name, milliseconds }) => `  ${(milliseconds / 1_000).toFixed(1).padStart(6)} s  ${name}`,
      );
      process.stdout.write(`${[title, ...lines].join('\n')}\n`);
    },
  };
}

/** A server that runs, without the database, and names that no other test has for its people. */
async function openServer(engine: ServerEngine, context: TestContext) {
  const { name, url } = await freshDatabase(engine, context);
  const server = engine.server();
  await server.dropDatabase(name);
  const [alice, bob] = ['alice', 'bob'].map((person) => `${person}-${name.slice(-8)}`) as [
    string,
    string,
  ];
  const drop = () => Promise.all([server.dropUser(alice), server.dropUser(bob)]);
  await drop();
  onTestFinished(async () => void (await drop()));
  return { url, alice, bob, plain: url.replace(/\/\/[^@/]*@/, '//') };
}

test.for([mariadb, dolt])(
  'a list on a laptop is that of a team on a verified server of $name within minutes',
  { timeout: 600_000 },
  async (engine, context) => {
    const base = realpathSync(mkdtempSync(join(tmpdir(), 'docket-team-')));
    onTestFinished(() => rmSync(base, { recursive: true, force: true, maxRetries: 3 }));
    const { url, plain, alice, bob } = await openServer(engine, context);
    const as = (user: string) => plain.replace('//', `//${user}@`);
    const watch = stopWatch(`From a laptop to a team's server, ${engine.name}`);

    const one = await makePerson(base, 'alice');
    const project = join(one.home, 'code/site');
    mkdirSync(project, { recursive: true });
    git(project, 'init', '--quiet');
    git(project, 'commit', '--quiet', '--allow-empty', '--message', 'Begin');
    await watch.step('a list in a file, with three tasks', async () => {
      await one.docket(project, ['init']);
      for (const title of ['Wire the valve', 'Paint the valve', 'Test the valve'])
        await one.docket(project, ['create', title]);
    });

    const made = await watch.step('docket server bootstrap', () =>
      one.docket(project, ['server', 'bootstrap', url, '--user', `${alice},${bob}`, '--json']),
    );
    const { users } = JSON.parse(made).data as {
      users: readonly { name: string; password?: string }[];
    };
    const passwordOf = (name: string) =>
      `${users.find((user) => user.name === name)?.password ?? ''}\n`;

    await watch.step('docket trust', () =>
      one.docket(project, ['trust', as(alice), '--password', '-'], passwordOf(alice)),
    );
    await watch.step('docket copy', () => one.docket(project, ['copy', plain]));
    await watch.step('docket init --database', async () => {
      await one.docket(project, ['init', '--database', plain]);
      git(project, 'add', '--all');
      git(project, 'commit', '--quiet', '--message', 'Share the list');
    });
    const proof = await watch.step('docket verify', () =>
      one.docket(
        project,
        ['verify', '--second', as(bob), '--second-password', '-'],
        passwordOf(bob),
      ),
    );
    expect(proof).toMatch(/\n11\/11 in \d+\.\d s\n$/);
    expect(proof).toContain(`${plain} as ${alice} and ${bob}\n`);

    const two = await makePerson(base, 'bob');
    const clone = join(two.home, 'site');
    await watch.step('a colleague: git clone, docket trust, docket claim', async () => {
      git(base, 'clone', '--quiet', project, clone);
      await two.docket(clone, ['trust', as(bob), '--password', '-'], passwordOf(bob));
      await two.docket(clone, ['claim', '--next']);
    });
    const list = await one.docket(project, ['list']);
    expect(list.match(/the valve/g)).toHaveLength(3);
    expect(list).toMatch(/Wire the valve .*bob/);
    expect(list).not.toContain('verify-');
    watch.show();
    process.stdout.write(proof);
  },
);
