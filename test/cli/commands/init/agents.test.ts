import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { agentTexts } from '../../../../lib/install/embedded.gen.ts';
import { markAgent } from '../../../../lib/install/parts/agent-mark.ts';
import {
  commit,
  makeRepository,
  makeSetupUser,
  type SetupUser,
} from '../../../install/setup-user.ts';
import { init, tree } from './run-init.ts';

let person: SetupUser;
let folder: string;
let agents: string;
let coding: string;

beforeEach(() => {
  person = makeSetupUser();
  folder = makeRepository(person, 'web');
  agents = join(folder, '.claude/agents');
  coding = join(agents, 'coding-agent.md');
});

/** An agent's definition as another version of docket would have written it. */
const earlier = markAgent(
  '---\nname: coding-agent\ndescription: writes code\n---\n\nWrite code.\n',
);

function filesIn(place: string): Readonly<Record<string, string>> {
  const names = readdirSync(place).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(place, name), 'utf8')]));
}

async function uninstall(...argv: readonly string[]) {
  const answer = await person.docket(folder, 'uninstall', '--json', ...argv);
  expect(answer.exitCode).toBe(0);
  return JSON.parse(answer.stdout).data;
}

async function agentChecks() {
  const { stdout } = await person.docket(folder, 'doctor', '--json');
  const { data, error } = JSON.parse(stdout);
  const checks: { name: string; status: string; next?: string }[] = (data ?? error).checks;
  return checks.filter(({ name }) => name === 'agents');
}

test('agents are installed only when asked for, once, and go with docket', async () => {
  const before = tree(folder);
  await init(person, folder);
  expect(existsSync(agents)).toBe(false);
  const { data } = await init(person, folder, '--agents');
  expect(filesIn(agents)).toEqual(agentTexts);
  expect(Object.keys(agentTexts)).toEqual(['code-review-agent.md', 'coding-agent.md']);
  expect(data.changes).toHaveLength(2);
  expect((await init(person, folder, '--agents')).data.changes).toEqual([]);
  expect((await uninstall()).keptAgents).toEqual([]);
  expect(tree(folder)).toEqual(before);
  expect(existsSync(join(folder, '.claude'))).toBe(false);
});

test('--dry-run shows the agents and writes none', async () => {
  const { stdout } = await person.docket(folder, 'init', '--agents', '--dry-run');
  expect(stdout).toContain('+++ b/.claude/agents/coding-agent.md');
  expect(stdout).toContain('+name: code-review-agent');
  expect(existsSync(join(folder, '.claude'))).toBe(false);
});

test('a file that docket did not write is left as it is, with a warning, also at the end', async () => {
  mkdirSync(agents, { recursive: true });
  const own = '---\nname: coding-agent\ndescription: mine\n---\nMine.\n';
  writeFileSync(coding, own);
  const { data, exitCode } = await init(person, folder, '--agents');
  expect(exitCode).toBe(0);
  expect(data.warnings).toContainEqual({
    name: 'agents',
    status: 'warn',
    message: `${coding} is not as docket wrote it, so it is left as it is`,
    next: expect.stringContaining('docket init --agents'),
  });
  expect(readFileSync(coding, 'utf8')).toBe(own);
  expect(readFileSync(join(agents, 'code-review-agent.md'), 'utf8')).toBe(
    agentTexts['code-review-agent.md'],
  );
  expect((await uninstall()).keptAgents).toEqual([coding]);
  expect(filesIn(agents)).toEqual({ 'coding-agent.md': own });
});

test('what somebody changed in an installed agent is theirs', async () => {
  await init(person, folder, '--agents');
  const changed = readFileSync(coding, 'utf8').replace('careful', 'quick');
  writeFileSync(coding, changed);
  await init(person, folder, '--agents');
  expect(readFileSync(coding, 'utf8')).toBe(changed);
  expect(await agentChecks()).toMatchObject([{ status: 'ok' }]);
  const { stdout } = await person.docket(folder, 'uninstall');
  expect(stdout).toContain(`Kept ${coding}, which is not as docket wrote it`);
  expect(filesIn(agents)).toEqual({ 'coding-agent.md': changed });
});

test.each([
  ['as it was written', earlier],
  ['with the line ends of Windows', earlier.replaceAll('\n', '\r\n')],
])('an earlier version %s is replaced, and doctor says that it is due', async (_, text) => {
  await init(person, folder);
  mkdirSync(agents);
  writeFileSync(coding, text);
  expect(await agentChecks()).toMatchObject([
    { status: 'warn', next: expect.stringMatching(/^docket init .*--agents$/) },
  ]);
  await init(person, folder);
  expect(readFileSync(coding, 'utf8')).toBe(text);
  await init(person, folder, '--agents');
  expect(filesIn(agents)).toEqual(agentTexts);
  expect(await agentChecks()).toMatchObject([{ status: 'ok' }]);
});

test('an earlier version is removed by uninstall', async () => {
  await init(person, folder);
  mkdirSync(agents);
  writeFileSync(coding, earlier);
  await uninstall();
  expect(existsSync(agents)).toBe(false);
});

test('what is no file is neither read nor removed', async () => {
  mkdirSync(coding, { recursive: true });
  const { data } = await init(person, folder, '--agents');
  expect(data.warnings).toContainEqual(expect.objectContaining({ name: 'agents' }));
  expect((await uninstall()).keptAgents).toEqual([coding]);
});

test('teammates are to get the agents: doctor asks to commit them', async () => {
  await init(person, folder);
  commit(folder, 'docket');
  const { data } = await init(person, folder, '--agents');
  expect(data.warnings).toContainEqual(
    expect.objectContaining({
      name: 'git',
      next: expect.stringContaining('.claude/agents/coding-agent.md'),
    }),
  );
});

describe('a link out of the project', () => {
  test.each(['.claude/agents', '.claude/agents/coding-agent.md'])(
    '%s is not written through',
    async (path) => {
      const outside = join(person.base, 'outside');
      mkdirSync(outside);
      mkdirSync(join(folder, path, '..'), { recursive: true });
      symlinkSync(path.endsWith('.md') ? join(outside, 'x.md') : outside, join(folder, path));
      const { exitCode, error } = await init(person, folder, '--agents');
      expect([exitCode, error?.code]).toEqual([1, 'invalid_settings']);
      expect(readdirSync(outside)).toEqual([]);
      // Whoever keeps agents elsewhere can use docket without its own.
      expect((await init(person, folder)).exitCode).toBe(0);
    },
  );

  test('is not followed by uninstall', async () => {
    const outside = join(person.base, 'outside');
    mkdirSync(outside);
    await init(person, folder, '--agents');
    writeFileSync(join(outside, 'coding-agent.md'), earlier);
    rmSync(agents, { recursive: true });
    symlinkSync(outside, agents);
    expect((await uninstall()).keptAgents).toEqual([]);
    expect(filesIn(outside)).toEqual({ 'coding-agent.md': earlier });
  });
});

describe('with --user', () => {
  let own: string;

  beforeEach(() => {
    // All that init looks for of an installation.
    const current = join(person.home, '.local/share/docket/current');
    mkdirSync(current, { recursive: true });
    writeFileSync(join(current, 'hook'), '#!/bin/sh\n', { mode: 0o755 });
    own = join(person.home, '.claude/agents');
  });

  test('agents go into the person’s own folder and out again', async () => {
    const { stdout } = await person.docket(folder, 'init', '--user', '--agents', '--dry-run');
    expect(stdout).toContain('coding-agent.md');
    expect(existsSync(own)).toBe(false);
    await person.docket(folder, 'init', '--user', '--agents');
    expect(filesIn(own)).toEqual(agentTexts);
    writeFileSync(join(own, 'coding-agent.md'), 'mine');
    const again = await person.docket(folder, 'init', '--user', '--agents');
    expect(again.stdout).toContain('coding-agent.md is not as docket wrote it');
    const gone = await person.docket(folder, 'uninstall', '--user');
    expect(gone.stdout).toContain('which is not as docket wrote it');
    expect(filesIn(own)).toEqual({ 'coding-agent.md': 'mine' });
  });

  test('Claude Code’s own folder variable counts', async () => {
    const config = join(person.base, 'config');
    const other = makeSetupUser({ HOME: person.home, CLAUDE_CONFIG_DIR: config });
    await other.docket(folder, 'init', '--user', '--agents');
    expect(filesIn(join(config, 'agents'))).toEqual(agentTexts);
  });
});
