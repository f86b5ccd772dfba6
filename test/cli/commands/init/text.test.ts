import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRepository, makeSetupUser } from '../../../install/setup-user.ts';
import { settingsOf } from './run-init.ts';

const hostile = 'x\u001b[2J\u001b]0;x\u0007\u202e\u009b31m';
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed
const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]|\p{Cf}/u;

test('no diff and no path that init and uninstall print is obeyed by a terminal', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, `web ${hostile}\nWrote forged`);
  mkdirSync(join(folder, '.claude'));
  writeFileSync(
    settingsOf(folder),
    `{\n  "note": ["${hostile.replace(/\p{Cc}/gu, '\u009b')}"]\n}\n`,
  );
  writeFileSync(join(folder, 'CLAUDE.md'), `    indented ${hostile}\n`);
  const lines: string[] = [];
  for (const argv of [
    ['init', '--dry-run', '--claude-md'],
    ['init', '--claude-md'],
    ['uninstall', '--dry-run'],
    ['uninstall'],
  ]) {
    const { stdout, stderr, exitCode } = await person.docket(folder, ...argv);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).not.toMatch(unsafe);
    expect(stdout).not.toMatch(/^Wrote forged/m);
    lines.push(...stdout.split('\n'));
  }
  expect(lines).toContain('     indented x\\u{1b}[2J\\u{1b}]0;x\\u{7}\\u{202e}\\u{9b}31m');
});

test('what is to be typed is quoted, whatever it holds', async () => {
  const person = makeSetupUser();
  const folder = join(person.base, "alice's $(x) web");
  mkdirSync(join(folder, '.git'), { recursive: true });
  const url = "sqlite:/tmp/alice's $(x).db";
  const session = makeSetupUser({ CLAUDECODE: '1' });
  for (const argv of [
    ['trust', url],
    ['init', '--database', url],
    ['init', '--user', '--database', url],
  ]) {
    const current = join(session.home, '.local/share/docket/current');
    mkdirSync(current, { recursive: true });
    writeFileSync(join(current, 'hook'), '');
    const { stdout } = await session.docket(folder, ...argv, '--json');
    const { hint } = JSON.parse(stdout).error;
    const typed = hint.slice(hint.indexOf('docket '));
    const words = execFileSync('/bin/sh', ['-c', `set -- ${typed}; printf '%s\\n' "$@"`]);
    expect(words.toString().split('\n')).toContain(url);
  }
  const { stdout } = await person.docket(folder, 'doctor', '--json');
  const { checks } = JSON.parse(stdout).data;
  const { next } = checks.find(({ name }: { name: string }) => name === 'hooks');
  expect(execFileSync('/bin/sh', ['-c', `printf %s ${next.slice('docket init '.length)}`])).toEqual(
    Buffer.from(folder),
  );
});

test('a broken config.json of one’s own is named, and left as it is', async () => {
  const person = makeSetupUser();
  const current = join(person.home, '.local/share/docket/current');
  mkdirSync(current, { recursive: true });
  writeFileSync(join(current, 'hook'), '');
  const path = join(person.home, '.config/docket/config.json');
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '{broken');
  const url = `sqlite:${join(person.base, 'tasks.db')}`;
  const { stdout, exitCode } = await person.docket(
    person.base,
    ...['init', '--user', '--database', url, '--json'],
  );
  const { code, message } = JSON.parse(stdout).error;
  expect([exitCode, code]).toEqual([1, 'invalid_config']);
  expect(message).toContain(`${path} is not valid JSON`);
  expect(readFileSync(path, 'utf8')).toBe('{broken');
});
