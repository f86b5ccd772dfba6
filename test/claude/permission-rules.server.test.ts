import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import template from '../../settings.template.json' with { type: 'json' };
import { toolResults } from './api-request.ts';
import { trustFolder } from './claude-home.ts';
import type { PermissionMode } from './claude-process.ts';
import { type MockApi, startMockApi } from './mock-api.ts';
import { runClaude } from './run-claude.ts';
import { bash, delegate } from './script.ts';

// Which docket commands run without a question, tried in Claude Code. The rules name each verb for
// sessions. One rule for all of docket, with questions for the verbs of people, would be a shorter
// trust screen, but a verb that is newer than a project's settings would run without a question.

let mock: MockApi;
let base: string;

beforeEach(async () => {
  mock = await startMockApi();
  base = realpathSync(mkdtempSync(join(tmpdir(), 'docket rules ')));
});

afterEach(async () => {
  await mock.close();
  rmSync(base, { recursive: true, force: true, maxRetries: 10 });
});

interface Permissions {
  readonly allow: readonly string[];
  readonly ask: readonly string[];
}

/**
 * Gives those of the commands that Claude Code runs in a trusted project, with a docket that does
 * nothing.
 */
async function findRun(
  commands: readonly string[],
  permissions: Permissions,
  { mode = 'default' as PermissionMode, inSubagent = false } = {},
): Promise<readonly string[]> {
  const [home, cwd, bin] = ['home', 'project', 'bin'].map((name) => join(base, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [home, join(cwd, '.claude'), bin]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(bin, 'docket'), '#!/bin/sh\ncat >/dev/null\necho it ran\n');
  chmodSync(join(bin, 'docket'), 0o755);
  writeFileSync(join(cwd, '.claude/settings.json'), JSON.stringify({ permissions }));
  await trustFolder(home, cwd);
  const calls = commands.map(bash);
  const script = inSubagent ? [delegate('try these commands', calls)] : calls;
  const options = { home, cwd, mock, path: [bin], permissionMode: mode };
  const run = await runClaude('try these commands', script, options);
  const requests = inSubagent ? mock.subagentRequests(run.sessionId) : run.requests;
  const results = requests.slice(-1).flatMap(toolResults);
  expect(results.map(({ input }) => input.command)).toEqual(commands);
  return results.flatMap(({ isError, text, input }) =>
    !isError && text.includes('it ran') ? [String(input.command)] : [],
  );
}

const forSessions = [
  'docket list',
  'docket list --json | cat',
  'docket list && docket ready',
  "docket close web-k3f9 --outcome 'cost $5; rm -rf x'",
  "docket create 'A task' --description - <<'EOF'\ntext\nEOF",
  'docket client list',
];

/** Every way to write another command's name, or to have more run than docket. */
const forPeople = [
  'docket trust mysql://db.example.com/x',
  'docket  trust',
  'docket\ttrust',
  'docket \\\ntrust',
  'docket --json trust',
  '"docket" trust',
  'docket t"r"ust',
  "docket 'trust'",
  'docket tru\\st',
  "docket $'trust'",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
  'docket tr${NOTHING}ust',
  'docket {trust,list}',
  'command docket trust',
  'env docket trust',
  'timeout 5 docket trust',
  'docket list; docket trust',
  'docket list | docket trust',
  '(docket trust)',
  'if true; then docket trust; fi',
  'docket run web-k3f9',
  'docket init --database mysql://db.example.com/x',
  'docket uninstall --all',
  'docket client add Acme',
  'docket client --json add Acme',
  'docket list; sh x',
  'docket list | sh',
  'docket list $(touch x)',
  'docket list > x',
  'docket list < /etc/hostname',
  'docket list\nsh x',
  'docket list & sh x',
  'DOCKET_DATABASE=sqlite:/tmp/x docket list',
  'docket a-verb-of-next-year',
];

describe('the rules that init writes', () => {
  const { allow, ask } = template.permissions;

  test.each<PermissionMode>(['default', 'acceptEdits', 'dontAsk'])(
    'let the verbs for sessions run, and nothing else, in mode %s',
    async (mode) => {
      const ran = await findRun([...forSessions, ...forPeople], { allow, ask }, { mode });
      expect(ran).toEqual(forSessions);
    },
  );

  test('hold for subagents too', async () => {
    const commands = [...forSessions, ...forPeople];
    expect(await findRun(commands, { allow, ask }, { inSubagent: true })).toEqual(forSessions);
  });
});

describe('one rule with questions for the verbs of people', () => {
  const rules = {
    allow: ['Bash(docket *)', 'Bash(docket run *)'],
    ask: ['trust', 'run', 'init', 'uninstall', 'client add', 'client -*', '-*'].map(
      (verb) => `Bash(docket ${verb} *)`,
    ),
  };

  test('would be as safe today, where flags before a verb are asked about as well', async () => {
    const ran = await findRun([...forSessions, ...forPeople], {
      ...rules,
      ask: [...rules.ask, 'Bash(docket --json *)', 'Bash(docket client --json *)'],
    });
    expect(ran).toEqual([...forSessions, 'docket a-verb-of-next-year']);
  });

  test('would let a verb run that is newer than the rules, in every mode', async () => {
    const newer = 'docket a-verb-of-next-year';
    expect(await findRun([newer], rules, { mode: 'dontAsk' })).toEqual([newer]);
  });

  test('would refuse a person what they allow in their own settings, even where nothing asks', async () => {
    // A question without a terminal is a refusal.
    expect(await findRun(['docket run web-k3f9'], rules, { mode: 'bypassPermissions' })).toEqual(
      [],
    );
    const { allow, ask } = template.permissions;
    const own = { allow: [...allow, 'Bash(docket run *)'], ask };
    expect(await findRun(['docket run web-k3f9'], own)).toEqual(['docket run web-k3f9']);
  });
});
