import { equal } from 'node:assert/strict';
import { join } from 'node:path';
import { execa } from 'execa';
import type { E2eUser, E2eWorld, RunOptions } from './contract.ts';
import { envelope } from './docket-answer.ts';
import { startSession } from './session.ts';

export function makeE2eUser(
  world: E2eWorld,
  { name, home, env: more = {} }: { name: string; home: string; env?: E2eUser['env'] },
): E2eUser {
  // All people here are one user of this machine.
  const env = { DOCKET_ACTOR: `${name}@example`, ...more };

  async function docket(
    cwd: string,
    args: readonly string[],
    { exitCode = 0, input = '', env: extra = {} }: RunOptions = {},
  ): Promise<string> {
    const run = await execa(join(home, '.local', 'bin', 'docket'), [...args], {
      cwd,
      input,
      env: { HOME: home, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', ...env, ...extra },
      extendEnv: false,
      reject: false,
    });
    const said = `docket ${args.join(' ')}: ${run.stderr || run.stdout}`;
    equal(run.exitCode, exitCode, said);
    return exitCode === 0 ? run.stdout : `${run.stdout}${run.stderr}`;
  }

  const person: E2eUser = {
    name,
    home,
    env,
    world,
    docket,
    ask: async (cwd, args) =>
      envelope.parse(JSON.parse(await docket(cwd, [...args, '--json']))).data,
    session: (cwd, options) => startSession(person, cwd, options),
  };
  return person;
}

/** Creates a task from a terminal and gives its key. */
export async function createTask(person: E2eUser, cwd: string, title: string): Promise<string> {
  const { task: made } = await person.ask(cwd, ['create', title]);
  return made?.key ?? '';
}
