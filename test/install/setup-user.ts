import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { run } from '../../cli/main.ts';
import type { Env } from '../../lib/config/paths.ts';
import { putOnPath } from '../../lib/install/parts/path-command.ts';
import { installVersion } from '../../lib/install/verbs/install-version.ts';
import { plainStyle } from '../../lib/render/text/style.ts';
import { metafileFolder } from '../../scripts/build.ts';

/** A person with a home of their own, for one test. Its path holds a space and an apostrophe. */
export interface SetupUser {
  /** Where the test's folders lie. */
  readonly base: string;
  readonly home: string;
  readonly env: Env;
  /** Runs a command line of docket in a folder. */
  docket(cwd: string, ...argv: readonly string[]): Promise<Answer>;
}

export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly progress: readonly string[];
}

export function makeSetupUser(variables: Env = {}): SetupUser {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "docket alice's ")));
  onTestFinished(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));
  const home = join(base, 'home');
  mkdirSync(home);
  const env = {
    HOME: home,
    PATH: pathWithoutClaude(base),
    DOCKET_ACTOR: 'alice@one',
    ...variables,
  };
  return {
    base,
    home,
    env,
    async docket(cwd, ...argv) {
      const progress: string[] = [];
      const result = await run(argv, {
        env,
        cwd,
        style: plainStyle,
        readStdin: async () => '',
        progress: (line) => progress.push(line),
      });
      return { ...result, progress };
    },
  };
}

/** A developer's own Claude Code is not asked: one that says nothing is put before it. */
function pathWithoutClaude(base: string): string | undefined {
  const path = process.env.PATH ?? '';
  if (!path.split(delimiter).some((folder) => existsSync(join(folder, 'claude')))) return path;
  putClaude(join(base, 'silent'), 'exit 1');
  return [join(base, 'silent'), path].join(delimiter);
}

/** Puts a shell script in Claude Code's place into a folder for PATH. */
export function putClaude(folder: string, script: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'claude'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** Makes a folder below a person's base, with a git repository in it. */
export function makeRepository(person: SetupUser, name: string): string {
  const folder = join(person.base, name);
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  commit(folder, `first of ${name}`);
  return folder;
}

export function commit(folder: string, message: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', message);
}

/** Runs git without the settings of the person who runs the tests. */
export function git(folder: string, ...args: readonly string[]): string {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'alice',
    GIT_AUTHOR_EMAIL: 'alice@example.com',
    GIT_COMMITTER_NAME: 'alice',
    GIT_COMMITTER_EMAIL: 'alice@example.com',
    GIT_ALLOW_PROTOCOL: 'file',
  };
  return execFileSync('git', ['-C', folder, ...args], { env, encoding: 'utf8', stdio: 'pipe' });
}

/** Installs a build for a person, with the Node.js that runs the tests. */
export function install(person: SetupUser, dist: string): void {
  installVersion({
    env: person.env,
    dist,
    version: '1.2.3',
    leaveOut: [metafileFolder],
    node: process.execPath,
  });
  putOnPath(person.env, join(person.home, '.local/share/docket/current'));
}
