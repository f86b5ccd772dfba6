import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, onTestFinished } from 'vitest';
import { builtHooks } from '../../hooks/built-hooks.ts';
import { obeyingModes } from '../../hooks/hook-process.ts';

let dist = '';

/** Has docket built before the tests of a file. */
export function useBuiltDocket(): void {
  beforeAll(async () => {
    dist = await builtHooks();
  });
}

/** The file of the build by this name. */
export function built(name: string): string {
  return join(dist, name);
}

/** A person with a project, whose data and state lie on `disk`. */
export interface Person {
  readonly disk: string;
  readonly database: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

export const personsWorkspace = { id: '01890000-0000-7000-8000-000000000001', slug: 'web' };

export function makePerson(): Person {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'docket-trouble-')));
  onTestFinished(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));
  const folder = join(base, 'web');
  const disk = join(base, 'disk');
  for (const each of [join(folder, '.git'), join(folder, '.claude'), disk]) {
    mkdirSync(each, { recursive: true });
  }
  const config = { workspace: personsWorkspace };
  writeFileSync(join(folder, '.claude/docket.json'), JSON.stringify(config));
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

export function start({ folder, env }: Person, words: readonly string[], input = '') {
  const [file = '', ...args] = words;
  // A script that goes wrong may leave something that waits for ever.
  const timeout = 100_000;
  return spawnSync(file, args, { cwd: folder, env, input, encoding: 'utf8', timeout });
}

const docketWords = (...argv: readonly string[]) => [
  process.execPath,
  built('docket.cjs'),
  ...argv,
];

/** Runs docket as somebody for whom file modes hold. */
export function docket(person: Person, ...argv: readonly string[]) {
  return start(person, obeyingModes(docketWords(...argv)));
}

export function checkOf(person: Person, name: string) {
  const { checks } = JSON.parse(docket(person, 'doctor', '--json').stdout).data;
  return checks.find((check: { name: string }) => check.name === name);
}

export function prompt(person: Person): { context?: string; systemMessage?: string } {
  const hook = [process.execPath, built('hooks/user-prompt-submit.cjs')];
  const input = JSON.stringify({ session_id: 'session-c', cwd: person.folder, prompt: 'x' });
  const { stdout } = start(person, obeyingModes(hook), input);
  const said = JSON.parse(stdout || '{}');
  return { context: said.hookSpecificOutput?.additionalContext, systemMessage: said.systemMessage };
}
