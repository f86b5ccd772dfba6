import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apiAuthentication } from '../../acceptance/examples.ts';
import { contextText, toolResults } from '../../claude/api-request.ts';
import { claudeEnvironment } from '../../claude/claude-process.ts';
import { bash, call, report } from '../../claude/script.ts';
import { claudeBinary } from '../../engines/claude.ts';
import type { E2eUser, E2eWorld } from '../contract.ts';
import { makeProject } from '../project.ts';

const { request, plan } = apiAuthentication;

/** Real agents do the seed's plan; the orchestrator is killed on the way, and goes on. */
export async function orchestratedPlan(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const project = await makeProject(alice, 'web', ['--agents']);
  const { mock } = world;
  const env = await agentEnvironment(alice);
  const { task } = await alice.ask(project, [
    'plan',
    JSON.stringify({ ...plan, task_context: { user_request: request } }),
  ]);
  const key = task?.key ?? '';

  const schema = join(project, 'schema.md');
  mock.playWhere('Design authentication schema', [
    call('Write', { file_path: schema, content: 'users, tokens' }),
    bash(`docket note ${key}.1 'three tables'`),
    bash(`docket create 'Not for an agent'`),
    report({ status: 'completed', outcome: 'Schema designed', files_created: ['schema.md'] }),
  ]);
  // It hangs in a tool until it is killed with the orchestrator.
  const pidFile = join(project, 'pid');
  mock.playWhere('.2: Generate code', [bash(`echo $$ > '${pidFile}'; sleep 60`)]);
  await killWhile(alice, { project, key, env, until: pidFile });
  const pid = Number(await readFile(pidFile, 'utf8'));
  await ended(pid);
  match(await alice.docket(project, ['show', `${key}.2`]), /in progress/);

  mock.playWhere('.2: Generate code', [
    report({ status: 'completed', outcome: 'Code generated', files_created: ['auth.py'] }),
  ]);
  mock.playWhere('.3: Review authentication', [
    report({ status: 'completed', outcome: 'Good', approval: 'approved' }),
  ]);
  mock.playWhere('.4: Write authentication', [
    report({ status: 'completed', outcome: '12 tests pass', files_created: ['test_auth.py'] }),
  ]);
  match(await alice.docket(project, ['run', key], { env }), /Completed/);

  ok(existsSync(schema));
  const designs = agentRequests(world, '.1: Design authentication schema');
  // What was completed before the kill did not run again.
  equal(new Set(designs.map(({ sessionId }) => sessionId)).size, 1);
  const results = designs.flatMap(toolResults);
  match(JSON.stringify(results), /Noted on/);
  match(JSON.stringify(results), /docket create is not for agents: they report/);
  match(contextText(designs[0] ?? fail()), /You are an agent of a plan/);

  const { runs } = await ask(alice, project, ['runs', key]);
  deepEqual(
    runs.map((run) => [run.agent, run.status, run.verdict]),
    [
      ['Coding Agent', 'completed', null],
      ['Coding Agent', 'lost', null],
      ['Coding Agent', 'completed', 'approved'],
      ['Code Review Agent', 'completed', 'approved'],
      ['Coding Agent', 'completed', null],
    ],
  );
  const summary = await alice.docket(project, ['checklist', key, '--summary']);
  match(summary, /Files created: schema\.md, auth\.py, test_auth\.py/);
}

/** What the orchestrator starts agents with: the real CLI on PATH, and the mock as its API. */
async function agentEnvironment({ home, env, world }: E2eUser) {
  const bin = join(home, 'bin');
  await mkdir(bin);
  symlinkSync(claudeBinary(), join(bin, 'claude'));
  const path = [bin, join(home, '.local/bin')];
  return claudeEnvironment({ home, mock: world.mock, path, env });
}

interface Killing {
  readonly project: string;
  readonly key: string;
  readonly env: Readonly<Record<string, string>>;
  readonly until: string;
}

/** Runs the plan until a file is there, and kills the orchestrator with all of its own group. */
async function killWhile({ home }: E2eUser, { project, key, env, until }: Killing): Promise<void> {
  const docket = join(home, '.local/bin/docket');
  const words = ['run', key, '--permission-mode', 'bypassPermissions'];
  const child = spawn(docket, words, { cwd: project, env, detached: true, stdio: 'ignore' });
  const closed = new Promise((resolve) => child.once('close', resolve));
  try {
    for (let waited = 0; !existsSync(until); waited += 50) {
      if (waited > 30_000) throw new Error('the agent did not get to its tool');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await closed;
  }
}

async function ended(pid: number): Promise<void> {
  for (let waited = 0; existsSync(`/proc/${pid}`) && waited < 30_000; waited += 100) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  equal(existsSync(`/proc/${pid}`), false, 'the agent outlived its orchestrator');
}

function agentRequests({ mock }: E2eWorld, prompt: string) {
  return mock.requests.filter((request) => JSON.stringify(request.body.messages).includes(prompt));
}

interface RunsData {
  readonly runs: readonly { agent: string; status: string; verdict: string | null }[];
}

async function ask(person: E2eUser, cwd: string, args: readonly string[]): Promise<RunsData> {
  return JSON.parse(await person.docket(cwd, [...args, '--json'])).data;
}

function fail(): never {
  throw new Error('no request');
}
