import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { launcherText } from '../../../../lib/install/embedded.gen.ts';
import { shellWord } from '../../../../lib/model/shell-word.ts';
import { makeRepository, makeSetupUser, type SetupUser } from '../../../install/setup-user.ts';
import { init, readJson, settingsOf } from './run-init.ts';

/** A person with an installation, and with settings of their own where a text is given. */
function makePerson(settings?: string): { person: SetupUser; script: string; file: string } {
  const person = makeSetupUser();
  const current = join(person.home, '.local/share/docket/current');
  mkdirSync(current, { recursive: true });
  writeFileSync(join(current, 'hook'), launcherText);
  const script = join(current, 'status-line');
  writeFileSync(script, '');
  const file = settingsOf(person.home);
  mkdirSync(join(file, '..'));
  if (settings !== undefined) writeFileSync(file, settings);
  return { person, script, file };
}

const own =
  '{\n  "statusLine": {"type": "command", "command": "date \\u002b%H", "padding": 1}\n}\n';

async function statusLineCheck(person: SetupUser, folder: string) {
  const { stdout } = await person.docket(folder, 'doctor', '--json');
  const { checks } = JSON.parse(stdout).data;
  return checks.find(({ name }: { name: string }) => name === 'status line');
}

describe('init --user --statusline', () => {
  test('sets the line beside the entries, and uninstall takes both out again', async () => {
    const { person, script, file } = makePerson('{\n  "model": "opus"\n}\n');
    const before = readFileSync(file, 'utf8');
    await init(person, person.base, '--user', '--statusline');
    expect(readJson(file).statusLine).toEqual({
      ...{ type: 'command', command: `sh ${shellWord(script)}`, refreshInterval: 5 },
    });
    expect(readJson(file).hooks.SessionStart).toHaveLength(1);
    for (const flags of [['--statusline'], []]) {
      expect((await init(person, person.base, '--user', ...flags)).data.changes).toEqual([]);
    }
    await person.docket(person.base, 'uninstall', '--user');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('can come after the entries, and leaves no file where there was none', async () => {
    const { person, file } = makePerson();
    await init(person, person.base, '--user');
    expect(readJson(file).statusLine).toBeUndefined();
    await init(person, person.base, '--user', '--statusline');
    expect(readJson(file).statusLine.type).toBe('command');
    await person.docket(person.base, 'uninstall', '--user');
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });

  test('is refused over a line of the person’s own, and writes nothing', async () => {
    const { person, file } = makePerson(own);
    const refused = await init(person, person.base, '--user', '--statusline');
    expect(refused.exitCode).toBe(4);
    expect(refused.error).toEqual({
      code: 'conflict',
      message: `${file} has a status line of your own: date +%H`,
      hint: "docket init --user --statusline --wrap shows yours first, then docket's",
    });
    expect(readFileSync(file, 'utf8')).toBe(own);
  });

  test('with --wrap starts theirs first, and gives it back as it was spelled', async () => {
    const { person, script, file } = makePerson(own);
    await init(person, person.base, '--user', '--statusline', '--wrap');
    expect(readJson(file).statusLine).toEqual({
      ...{ type: 'command', command: `sh ${shellWord(script)} 'date +%H'`, padding: 1 },
    });
    // An upgrade keeps what theirs was.
    await init(person, person.base, '--user');
    await person.docket(person.base, 'uninstall', '--user');
    expect(readFileSync(file, 'utf8')).toBe(own);
  });

  test('uninstall leaves a line that the person has changed since, and says so', async () => {
    const { person, file } = makePerson(own);
    await init(person, person.base, '--user', '--statusline', '--wrap');
    writeFileSync(file, readFileSync(file, 'utf8').replace('date +%H', 'date +%M'));
    const { stdout } = await person.docket(person.base, 'uninstall', '--user');
    expect(stdout).toContain(`Kept the status line in ${file}, which you have changed since`);
    expect(readJson(file).statusLine.command).toContain("'date +%M'");
    expect(readJson(file).hooks).toBeUndefined();
  });

  test.each([[['--statusline']], [['--user', '--wrap']]])(
    '%j is no command line',
    async (flags) => {
      const { person } = makePerson();
      const { error } = await init(person, person.base, ...flags);
      expect(error.code).toBe('usage');
      expect(error.hint).toBe('docket init --user --statusline');
    },
  );
});

describe('doctor', () => {
  test('says whose line is shown, and what keeps docket’s from being shown', async () => {
    const { person, script, file } = makePerson(own);
    const folder = makeRepository(person, 'web');
    await person.docket(folder, 'init');
    expect(await statusLineCheck(person, folder)).toBeUndefined();
    await init(person, person.base, '--user', '--statusline', '--wrap');
    expect(await statusLineCheck(person, folder)).toEqual({
      ...{ name: 'status line', status: 'ok' },
      message: `docket's is shown after your own (date +%H), from ${file}`,
    });
    const local = join(folder, '.claude/settings.local.json');
    writeFileSync(local, '{"statusLine": {"type": "command", "command": "pwd"}}');
    expect(await statusLineCheck(person, folder)).toEqual({
      ...{ name: 'status line', status: 'warn' },
      message: `here the one of ${local} is shown instead of docket's`,
      next: `Take statusLine out of ${local}`,
    });
    writeFileSync(local, '{}');
    rmSync(script);
    expect((await statusLineCheck(person, folder)).message).toContain(`${script}, which ${file}`);
  });
});
