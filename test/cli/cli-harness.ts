import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import * as z from 'zod/mini';
import { run } from '../../cli/main.ts';
import type { RunResult } from '../../cli/terminal/io.ts';
import type { Env } from '../../lib/config/paths.ts';
import { TaskAnswer, TaskDetail } from '../../lib/model/answers/task.ts';
import { type OutputStyle, plainStyle } from '../../lib/render/text/style.ts';
import { checkAnswer } from './check-answer.ts';

const Success = z.object({ schemaVersion: z.literal(1), data: z.unknown() });
const Failure = z.object({
  schemaVersion: z.literal(1),
  error: z.object({ code: z.string(), message: z.string(), hint: z.optional(z.string()) }),
});

export const workspace = { id: '01890000-0000-7000-8000-000000000001', slug: 'web' };

/** What a run is given beyond its command line. */
export interface Setting {
  readonly env?: Env;
  readonly cwd?: string | undefined;
  readonly stdin?: string;
  /** How text for people looks; by default as a program reads it. */
  readonly style?: OutputStyle;
  readonly progress?: (line: string) => void;
  /** Aborted when the person stops the command. */
  readonly interruption?: () => AbortSignal;
}

/** A person with an own home and a project, who runs docket commands in this process. */
export interface CliHarness {
  readonly home: string;
  readonly project: string;
  readonly database: string;
  readonly env: Env;
  /** The same harness for another worker or another place. */
  with(setting: Setting): CliHarness;
  run(...argv: readonly string[]): Promise<RunResult>;
  /** What it prints; fails when it does not succeed. */
  text(...argv: readonly string[]): Promise<string>;
  /** The data of its JSON document, parsed. */
  json<T extends z.core.$ZodType>(schema: T, ...argv: readonly string[]): Promise<z.output<T>>;
  /** Code and message of the error it must end with, and its exit code. */
  error(
    ...argv: readonly string[]
  ): Promise<{ code: string; message: string; hint?: string | undefined; exitCode: number }>;
  /** Creates a task and gives its key. */
  create(title: string, ...flags: readonly string[]): Promise<string>;
  show(key: string): Promise<TaskDetail>;
}

/** A fresh home and project, gone after the test. */
export function openCliHarness(): CliHarness {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'docket-cli-')));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 10 }));
  const project = join(home, 'web');
  mkdirSync(join(project, '.claude'), { recursive: true });
  writeFileSync(join(project, '.claude/docket.json'), JSON.stringify({ workspace }));
  const env = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_STATE_HOME: join(home, 'state'),
    TZ: 'UTC',
    DOCKET_ACTOR: 'alice@one',
    DOCKET_SESSION: 'session-a',
  };
  const database = join(home, 'data/docket/docket.db');
  return makeHarness(
    { home, project, database },
    {
      env,
      cwd: project,
      stdin: '',
      style: plainStyle,
      progress: () => {},
      interruption: () => new AbortController().signal,
    },
  );
}

function makeHarness(
  place: Pick<CliHarness, 'home' | 'project' | 'database'>,
  setting: Required<Omit<Setting, 'cwd'>> & Pick<Setting, 'cwd'>,
): CliHarness {
  const { env, cwd, stdin, style, progress, interruption } = setting;

  async function runHere(...argv: readonly string[]): Promise<RunResult> {
    const result = await run(argv, {
      env,
      cwd,
      style,
      readStdin: async () => stdin,
      progress,
      interruption,
    });
    await checkAnswer(argv, result.stdout);
    return result;
  }

  async function json<T extends z.core.$ZodType>(schema: T, ...argv: readonly string[]) {
    const { stdout } = await succeed(runHere(...argv, '--json'));
    return z.parse(schema, z.parse(Success, JSON.parse(stdout)).data);
  }

  return {
    ...place,
    env,
    with: (other) => makeHarness(place, { ...setting, ...other, env: { ...env, ...other.env } }),
    run: runHere,
    text: async (...argv) => (await succeed(runHere(...argv))).stdout.trimEnd(),
    json,
    error: async (...argv) => {
      const { stdout, exitCode } = await runHere(...argv, '--json');
      const { error } = z.parse(Failure, JSON.parse(stdout));
      return { ...error, exitCode };
    },
    create: async (title, ...flags) => (await json(TaskAnswer, 'create', title, ...flags)).task.key,
    show: (key) => json(TaskDetail, 'show', key),
  };
}

async function succeed(running: Promise<RunResult>): Promise<RunResult> {
  const result = await running;
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  return result;
}
