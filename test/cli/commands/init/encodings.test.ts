import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectTemplate } from '../../../../lib/install/embedded.gen.ts';
import { makeRepository, makeSetupUser } from '../../../install/setup-user.ts';
import { init, settingsOf } from './run-init.ts';

const mark = '\uFEFF';

function makeProject(bytes: Buffer) {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  mkdirSync(join(folder, '.claude'));
  writeFileSync(settingsOf(folder), bytes);
  return { person, folder };
}

test.each<[string, BufferEncoding, string]>([
  ['UTF-8 with a mark', 'utf8', `${mark}{"model": "opus"}\r\n`],
  ['UTF-8 with a mark and nothing else', 'utf8', mark],
  ['UTF-16', 'utf16le', `${mark}{\r\n\t"language": "日本語 \ud800"\r\n}`],
  ['UTF-16 with a mark and nothing else', 'utf16le', mark],
])('settings in %s are written in it, and given back byte for byte', async (_, encoding, text) => {
  const bytes = Buffer.from(text, encoding);
  const { person, folder } = makeProject(bytes);
  expect((await init(person, folder)).exitCode).toBe(0);
  const installed = readFileSync(settingsOf(folder)).toString(encoding);
  const json = installed.replace(mark, '');
  expect(JSON.parse(json).hooks).toEqual(projectTemplate.hooks);
  expect((await init(person, folder)).data.changes).toEqual([]);
  await person.docket(folder, 'uninstall');
  expect(readFileSync(settingsOf(folder))).toEqual(bytes);
});

test.each([
  ['Latin-1', Buffer.from('{"language": "français"}', 'latin1')],
  ['UTF-16 in the other order', Buffer.from(`${mark}{}`, 'utf16le').swap16()],
  ['UTF-16 that is cut', Buffer.concat([Buffer.from(`${mark}{}`, 'utf16le'), Buffer.of(9)])],
])('settings in %s are refused, as they could not be given back', async (_, bytes) => {
  const { person, folder } = makeProject(bytes);
  const { exitCode, error } = await init(person, folder);
  expect([exitCode, error.message]).toEqual([1, `${settingsOf(folder)} is not UTF-8 text`]);
  expect(readFileSync(settingsOf(folder))).toEqual(bytes);
});

test('a file that Claude Code ignores is installed into, which is said', async () => {
  const text = '{"model": null, "hooks": {"PreToolUse": [{"matcher": 5, "hooks": []}]}}';
  const { person, folder } = makeProject(Buffer.from(text));
  const { stdout, exitCode } = await person.docket(folder, 'init');
  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    `fail  settings  Claude Code ignores all of ${settingsOf(folder)}, so no docket hook runs: ` +
      'hooks.PreToolUse[0].matcher must be a string',
  );
  await person.docket(folder, 'uninstall');
  expect(readFileSync(settingsOf(folder), 'utf8')).toBe(text);
});
