import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { launcherText, projectTemplate } from '../../../../lib/install/embedded.gen.ts';
import { planInstall } from '../../../../lib/settings/plan-settings.ts';
import { commit, git, makeRepository, makeSetupUser } from '../../../install/setup-user.ts';
import { withOlderStart } from '../../../settings/older-start.ts';
import { init, readJson, settingsOf, tree } from './run-init.ts';

test('a launcher that lost its bits or its text is mended', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await init(person, folder);
  const launcher = join(folder, '.claude/docket/hook');
  chmodSync(launcher, 0o644);
  expect((await init(person, folder)).data.changes).toHaveLength(1);
  expect(statSync(launcher).mode & 0o111).toBe(0o111);
  for (const text of ['', '#!/bin/sh\nexit 2\n', launcherText.replaceAll('\n', '\r\n')]) {
    writeFileSync(launcher, text);
    await init(person, folder);
    expect(readFileSync(launcher, 'utf8')).toBe(launcherText);
  }
});

describe('what an earlier version wrote', () => {
  const foreign = '{\n    "hooks": {"Stop": [{"hooks": [{"type": "command", "command": "x"}]}]}\n}';

  async function withOlderInstallation() {
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    mkdirSync(join(folder, '.claude'));
    writeFileSync(settingsOf(folder), foreign);
    const before = tree(folder);
    await init(person, folder);
    const now = tree(folder);
    const older = planInstall(foreign, withOlderStart());
    writeFileSync(settingsOf(folder), older.text);
    rmSync(join(folder, '.claude/docket/.gitattributes'));
    return { person, folder, before, now };
  }

  test('is replaced by init, each entry once', async () => {
    const { person, folder, now } = await withOlderInstallation();
    expect(tree(folder)).not.toEqual(now);
    await init(person, folder);
    expect(tree(folder)).toEqual(now);
    const { hooks } = readJson(settingsOf(folder));
    expect(hooks.Stop.slice(1)).toEqual(projectTemplate.hooks.Stop);
  });

  test('is removed by uninstall, byte for byte', async () => {
    const { person, folder, before } = await withOlderInstallation();
    await person.docket(folder, 'uninstall');
    expect(tree(folder)).toEqual(before);
  });
});

describe('.gitattributes beside the launcher', () => {
  test('keeps its line ends in every checkout, whatever the project and the person set', async () => {
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    writeFileSync(join(folder, '.gitattributes'), '* text eol=crlf\n');
    await init(person, folder);
    commit(folder, 'docket');
    for (const [name, set] of Object.entries({
      lf: [],
      crlf: ['--config', 'core.autocrlf=true'],
      input: ['--config', 'core.autocrlf=input'],
      'eol é': ['--config', 'core.eol=crlf', '--config', 'core.fileMode=false'],
    })) {
      git(person.base, 'clone', '--quiet', ...set, folder, name);
      const clone = join(person.base, name);
      expect(readFileSync(join(clone, '.claude/docket/hook'), 'utf8')).toBe(launcherText);
    }
    git(folder, 'worktree', 'add', '--quiet', '../tree');
    const tree = join(person.base, 'tree/.claude/docket/hook');
    expect(readFileSync(tree, 'utf8')).toBe(launcherText);
  });

  test('of somebody else stays as it is, through init and uninstall', async () => {
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    const path = join(folder, '.claude/docket/.gitattributes');
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, 'hook eol=lf\n');
    const before = tree(folder);
    await init(person, folder);
    expect(readFileSync(path, 'utf8')).toBe('hook eol=lf\n');
    await person.docket(folder, 'uninstall');
    expect(tree(folder)).toEqual(before);
  });

  test('goes with uninstall, with carriage returns too', async () => {
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    await init(person, folder);
    const path = join(folder, '.claude/docket/.gitattributes');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
    await person.docket(folder, 'uninstall');
    expect(existsSync(join(folder, '.claude'))).toBe(false);
  });

  test('is named among the files to commit', async () => {
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    const { data } = await init(person, folder);
    const [warning] = data.warnings;
    expect(warning.next).toContain('.claude/docket/.gitattributes');
  });
});
