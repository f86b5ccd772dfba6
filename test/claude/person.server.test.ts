import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildAll } from '../../scripts/build.ts';
import { install, makeRepository, makeSetupUser, type SetupUser } from '../install/setup-user.ts';
import { type MockApi, startMockApi } from './mock-api.ts';
import { runClaude } from './run-claude.ts';
import { bash, say } from './script.ts';
import { startClaudeTerminal } from './terminal.ts';

// What a person sees of docket in Claude Code itself, in a terminal.

let mock: MockApi;
let dist: string;

beforeAll(async () => {
  mock = await startMockApi();
  dist = mkdtempSync(join(tmpdir(), 'docket dist '));
  await buildAll(dist);
});

afterAll(async () => {
  await mock.close();
  rmSync(dist, { recursive: true, force: true, maxRetries: 10 });
});

/** A person with docket, a project with a list, and a status line. */
async function makePerson(settings?: object): Promise<{ person: SetupUser; folder: string }> {
  const person = makeSetupUser();
  install(person, dist);
  const folder = makeRepository(person, 'web');
  await person.docket(folder, 'init');
  mkdirSync(join(person.home, '.claude'), { recursive: true });
  if (settings !== undefined) {
    writeFileSync(join(person.home, '.claude/settings.json'), JSON.stringify(settings));
  }
  const answer = await person.docket(folder, 'init', '--user', '--statusline', '--wrap');
  expect(answer.exitCode).toBe(0);
  return { person, folder };
}

async function open({ person, folder }: { person: SetupUser; folder: string }) {
  const terminal = await startClaudeTerminal({ home: person.home, cwd: folder, mock });
  onTestFinished(() => terminal.end());
  const sees = (text: string | RegExp) =>
    expect.poll(terminal.shown, { timeout: 60_000, interval: 200 }).toMatch(text);
  return { terminal, sees };
}

async function create(person: SetupUser, folder: string, ...argv: readonly string[]) {
  const { stdout } = await person.docket(folder, 'create', '--json', ...argv);
  return String(JSON.parse(stdout).data.task.key);
}

test('a person sees how the list stands when a session begins, and below the prompt', async () => {
  const { person, folder } = await makePerson({
    statusLine: { type: 'command', command: 'echo "my own line"' },
  });
  await create(person, folder, 'Rotate the signing key');
  const { sees } = await open({ person, folder });
  await sees('says: docket web: 1 ready');
  await sees(/my own line\s+docket web: 1 ready/);
});

test('the line below the prompt follows what others do, while nobody types', async () => {
  const { person, folder } = await makePerson();
  const key = await create(person, folder, 'Rotate the signing key');
  const { sees } = await open({ person, folder });
  await sees('docket web: 1 ready');
  await person.docket(folder, 'claim', key);
  // Claude Code paints what is new alone.
  await sees('other');
});

test('a person is told when another session has finished what theirs waits for', async () => {
  const { person, folder } = await makePerson();
  const needed = await create(person, folder, 'Rotate the signing key');
  mock.playWhere('make it wait', [bash(`docket create Deploy --needs ${needed}`), say('made')]);
  const { terminal, sees } = await open({ person, folder });
  await sees('says: docket web: 1 ready');
  await terminal.type('make it wait');
  await sees('made');
  await person.docket(folder, 'close', needed, '--outcome', 'Done');
  await terminal.type('what is new?');
  await sees(/UserPromptSubmit says: docket: alice@one finished/);
  await sees(/web-\w+ Deploy\s+is\s+ready/);
});

test('print mode says none of it', async () => {
  const { person, folder } = await makePerson();
  await create(person, folder, 'Rotate the signing key');
  const run = await runClaude('hello', [say('hi')], { home: person.home, cwd: folder, mock });
  expect(run.hookEvents.map(({ stdout }) => stdout).join()).not.toContain('systemMessage');
  expect(JSON.stringify(run.events)).not.toContain('docket web: 1 ready');
});
