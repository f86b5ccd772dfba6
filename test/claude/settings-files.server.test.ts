import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAll } from '../../scripts/build.ts';
import { claudeBinary } from '../engines/claude.ts';
import { install, makeRepository, makeSetupUser, type SetupUser } from '../install/setup-user.ts';
import { contextText } from './api-request.ts';
import { type MockApi, startMockApi } from './mock-api.ts';
import { runClaude } from './run-claude.ts';
import { say } from './script.ts';
import { type SettingsPlace, settingsCases } from './settings-files.ts';

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

function placeOf(person: SetupUser, folder: string): SettingsPlace {
  const files = {
    user: join(person.home, '.claude/settings.json'),
    project: join(folder, '.claude/settings.json'),
    local: join(folder, '.claude/settings.local.json'),
  };
  const launcher = join(folder, '.claude/docket/hook');
  return {
    installed: readFileSync(files.project, 'utf8'),
    write(file, content) {
      mkdirSync(join(files[file], '..'), { recursive: true });
      writeFileSync(files[file], content);
    },
    changeLauncher(change, mode = 0o755) {
      const text = change(readFileSync(launcher, 'utf8'));
      rmSync(launcher);
      if (text !== undefined) writeFileSync(launcher, text, { mode });
    },
    async initUser() {
      expect((await person.docket(folder, 'init', '--user')).exitCode).toBe(0);
    },
  };
}

/** Whether doctor finds that docket works, and what it finds wrong. */
async function askDoctor(person: SetupUser, folder: string, path: string) {
  const other = makeSetupUser({ ...person.env, PATH: path });
  const { stdout } = await other.docket(folder, 'doctor', '--json');
  const { healthy, checks } = JSON.parse(stdout).data;
  const failed = (checks as { name: string; status: string; message: string }[])
    .filter(({ status }) => status === 'fail')
    .map(({ name, message }) => `${name}: ${message}`);
  return { healthy: healthy as boolean, failed };
}

test.each(settingsCases)('doctor knows what the real CLI does with $name', async (given) => {
  const person = makeSetupUser();
  install(person, dist);
  const folder = makeRepository(person, 'web');
  expect((await person.docket(folder, 'init')).exitCode).toBe(0);
  await given.arrange(placeOf(person, folder));

  const run = await runClaude('hello', [say('hi')], { home: person.home, cwd: folder, mock });
  const gotList = run.requests.map(contextText).join().includes('<docket workspace="web"');
  expect(gotList).toBe(given.runs);

  const plain = `${join(person.home, '.local/bin')}:${person.env.PATH}`;
  const known = await askDoctor(person, folder, plain);
  expect(known, known.failed.join('\n')).toMatchObject({ healthy: gotList });

  symlinkSync(claudeBinary(), join(person.home, '.local/bin/claude'));
  const asked = await askDoctor(person, folder, plain);
  expect(asked, asked.failed.join('\n')).toMatchObject({ healthy: gotList });
});
