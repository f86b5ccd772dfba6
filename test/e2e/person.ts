import { equal } from 'node:assert/strict';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { type Session, type SessionOptions, startSession } from './session.ts';
import type { World } from './world.ts';

/** Someone with a home of their own and docket installed in it. */
export interface Person {
  readonly name: string;
  readonly home: string;
  /** What stands in their environment, in a terminal as in Claude Code. */
  readonly env: Readonly<Record<string, string>>;
  readonly world: World;
  /** Runs docket in a terminal, outside Claude Code. Throws unless it ends with `exitCode`. */
  docket(cwd: string, args: readonly string[], options?: RunOptions): Promise<string>;
  /** The `data` of what docket answers with --json. */
  ask(cwd: string, args: readonly string[]): Promise<Answer>;
  session(cwd: string, options?: SessionOptions): Session;
}

export interface RunOptions {
  readonly exitCode?: number;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const task = z.looseObject({
  key: z.string(),
  title: z.string(),
  status: z.string(),
  claim: z.looseObject({ actor: z.string(), session: z.string(), since: z.string() }).nullable(),
});
const envelope = z.object({
  schemaVersion: z.literal(1),
  data: z.looseObject({ task: task.optional(), tasks: z.array(task).default([]) }),
});

export type Answer = z.infer<typeof envelope>['data'];

export function makePerson(
  world: World,
  { name, home, env: more = {} }: { name: string; home: string; env?: Person['env'] },
): Person {
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

  const person: Person = {
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
export async function createTask(person: Person, cwd: string, title: string): Promise<string> {
  const { task: made } = await person.ask(cwd, ['create', title]);
  return made?.key ?? '';
}
