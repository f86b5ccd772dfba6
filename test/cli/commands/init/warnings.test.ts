import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  commit,
  makeRepository,
  makeSetupUser,
  type SetupUser,
} from '../../../install/setup-user.ts';
import { init, settingsOf } from './run-init.ts';

describe('warnings', () => {
  async function warningsOf(person: SetupUser, folder: string) {
    const { data } = await init(person, folder);
    return Object.fromEntries(
      (data.warnings as { name: string; message: string; next: string }[]).map(
        ({ name, message, next }) => [name, `${message} -> ${next}`],
      ),
    );
  }

  test('say what is still to be committed', async () => {
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    expect((await warningsOf(person, folder)).git).toContain('add .claude/settings.json');
    commit(folder, 'docket');
    expect(await warningsOf(person, folder)).toEqual({});
  });

  test('say that git ignores what teammates need', async () => {
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    writeFileSync(join(folder, '.gitignore'), '.claude/\n');
    const { git: message } = await warningsOf(person, folder);
    expect(message).toContain('git ignores .claude/settings.json, .claude/docket.json');
    expect(message).toContain('add -f');
  });

  test('say that an outer list is used, and write no file that would not count', async () => {
    const person = makeSetupUser();
    const outer = makeRepository(person, 'web');
    const { data } = await init(person, outer);
    const inner = join(outer, 'packages/api');
    mkdirSync(inner, { recursive: true });
    const warnings = await warningsOf(person, inner);
    expect(warnings.list).toContain(`lies inside ${outer}, whose list is used`);
    expect(existsSync(join(inner, '.claude/docket.json'))).toBe(false);
    expect(existsSync(join(inner, '.claude/docket/hook'))).toBe(true);
    const where = await person.docket(inner, 'where', '--json');
    expect(JSON.parse(where.stdout).data.workspace.id).toBe(data.workspace.id);
    const refused = await init(person, inner, '--database', 'sqlite:x.db');
    expect([refused.exitCode, refused.error.code]).toEqual([2, 'usage']);
  });

  test('name hooks of another tracker, and no program whose name is like its', async () => {
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    mkdirSync(join(folder, '.claude'));
    const hooks = (command: string) =>
      JSON.stringify({ hooks: { SessionStart: [{ hooks: [{ type: 'command', command }] }] } });
    for (const command of ['bd prime --hook-json', 'cd x && /usr/bin/bd prime']) {
      writeFileSync(settingsOf(folder), hooks(command));
      expect((await warningsOf(person, folder))['other trackers']).toContain('two task lists');
    }
    writeFileSync(settingsOf(folder), hooks('abd prime; cat bd.txt'));
    expect(await warningsOf(person, folder)).not.toHaveProperty('other trackers');
  });

  test("offer the lines that let docket work in Claude Code's sandbox", async () => {
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    mkdirSync(join(folder, '.claude'));
    writeFileSync(settingsOf(folder), '{"sandbox": {"enabled": true}}');
    const { sandbox = '' } = await warningsOf(person, folder);
    const lines = sandbox.slice(sandbox.indexOf('{'));
    expect(lines).toContain(join(person.home, '.local/share/docket'));
    writeFileSync(join(folder, '.claude/settings.local.json'), lines);
    expect(await warningsOf(person, folder)).not.toHaveProperty('sandbox');
  });
});
