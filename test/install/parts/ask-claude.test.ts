import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { askClaude, parseAnswer } from '../../../lib/install/parts/ask-claude.ts';
import { makeSetupUser, putClaude } from '../setup-user.ts';

const guard =
  'a PreToolUse/PermissionRequest hook that cannot be loaded may be what guards the permissions ' +
  'declared beside it, so nothing it sits in is applied until the entry is fixed or removed';

/** What `claude doctor` of 2.1.332 printed, shortened; 2.1.328 has no "API connectivity". */
function printed(...entries: readonly string[]): string {
  return [
    'Claude Code doctor',
    '',
    'Running: npm-global (2.1.332)',
    'Platform: linux-x64',
    '',
    'API connectivity',
    '- Not tested: CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC is set',
    '',
    ...(entries.length === 0 ? [] : ['Invalid settings', ...entries, '']),
    'Remote Control',
    '- /web/settings.json: Expected nothing of this section',
    '',
    'No installation issues found.',
    '',
  ].join('\n');
}

function whyIgnored(text: string, path = '/web/settings.json', known?: string) {
  return parseAnswer(text)?.whyIgnored(path, known);
}

test.each([
  [
    '- /web/settings.json › model: Expected string, but received null',
    'model: Expected string, but received null',
  ],
  ['- /web/settings.json: Invalid or malformed JSON', 'Invalid or malformed JSON'],
  [
    `- /web/settings.json › hooks.PreToolUse.0: Hook matcher must be an object; received null — ${guard}.`,
    'hooks.PreToolUse.0: Hook matcher must be an object; received null',
  ],
  [
    '- /web/settings.json: Settings file could not be read: File exceeds maxBytes limit',
    'Settings file could not be read: File exceeds maxBytes limit',
  ],
])('a file that it does not read: %s', (line, why) => {
  const other = '- /web/settings.local.json › hooks.x: Unknown hook event "x" was ignored.';
  expect(whyIgnored(printed(other, line, '  Suggested fix: mend it'))).toBe(why);
  expect(whyIgnored(printed(line), '/web/settings.local.json')).toBeUndefined();
  expect(whyIgnored(printed(line), '/web/settings.json', 'model must be a string')).toBe(
    'model must be a string',
  );
});

test.each([
  '- /web/settings.json › hooks.Stop.0: Invalid hook matcher (matcher: Invalid input); matcher ignored.',
  '- /web/settings.json › hooks.x: Unknown hook event "x" was ignored. Valid events: Stop',
  '- /web/settings.json › permissions.allow: Invalid permission rule "bash(" was skipped: Malformed',
  '- /web/settings.json › permissions.allow: Non-string value in allow array was removed',
  '- /web/settings.json › x.0.0.…: A value under "x" is nested more than 64 levels deep, so Claude Code ignores it, and more.',
  `- /web/settings.json › hooks.__proto__: "__proto__" is not a hook event — ${guard}.`,
  '- /web/settings.json › remoteControl: "remoteControl" must be an object. While it is present, nothing.',
])('what it passes over leaves the file read, whatever docket expected: %s', (line) => {
  expect(whyIgnored(printed(line), '/web/settings.json', 'docket is wrong')).toBeUndefined();
});

test('words that docket does not know leave the decision to what docket finds', () => {
  const line = '- /web/settings.json › model: Quite unheard of';
  expect(whyIgnored(printed(line))).toBeUndefined();
  expect(whyIgnored(printed(line), '/web/settings.json', 'it knows')).toBe('it knows');
});

test('links in the folder that it was started in are resolved in its answer', () => {
  const { base } = makeSetupUser();
  mkdirSync(join(base, 'web/.claude'), { recursive: true });
  writeFileSync(join(base, 'shared.json'), '{}');
  symlinkSync(join(base, 'shared.json'), join(base, 'web/.claude/settings.json'));
  symlinkSync(join(base, 'web'), join(base, 'linked'));
  const line = `- ${base}/web/.claude/settings.json: Invalid or malformed JSON`;
  expect(whyIgnored(printed(line), join(base, 'linked/.claude/settings.json'))).toBe(
    'Invalid or malformed JSON',
  );
});

test('another output is no answer', () => {
  expect(parseAnswer('')).toBeUndefined();
  expect(parseAnswer("error: unknown command 'doctor'\n")).toBeUndefined();
});

test('it is asked in the folder, without a session’s variables, and its requests are off', async () => {
  const person = makeSetupUser();
  const bin = join(person.base, 'bin');
  const folder = join(person.base, 'web');
  mkdirSync(folder);
  putClaude(
    bin,
    `env >"${person.base}/env"; pwd >"${person.base}/pwd"; cat; echo "Running: x (9.9)"`,
  );
  const env = {
    ...person.env,
    PATH: `.:${bin}:/usr/bin:/bin`,
    CLAUDECODE: '1',
    CLAUDE_CONFIG_DIR: '/c',
  };
  expect(await askClaude(folder, env)).toMatchObject({ version: '9.9' });
  expect(readFileSync(join(person.base, 'pwd'), 'utf8')).toBe(`${folder}\n`);
  const seen = readFileSync(join(person.base, 'env'), 'utf8').split('\n');
  expect(seen).toContain('CLAUDE_CONFIG_DIR=/c');
  expect(seen).toContain('CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1');
  expect(seen).not.toContain('CLAUDECODE=1');
});

test('a claude that the project brings along is not started', async () => {
  const person = makeSetupUser();
  const folder = join(person.base, 'web');
  putClaude(join(folder, 'bin'), `touch "${person.base}/started"`);
  symlinkSync(join(folder, 'bin'), join(person.base, 'linked'));
  writeFileSync(join(person.base, 'claude'), '');
  const PATH = `${folder}/bin:${person.base}/linked:${person.base}`;
  expect(await askClaude(folder, { ...person.env, PATH })).toBeUndefined();
  expect(() => readFileSync(join(person.base, 'started'))).toThrow('ENOENT');
});

test('the local installation, which an alias starts, is asked when none is on PATH', async () => {
  const person = makeSetupUser();
  const folder = join(person.base, 'web');
  mkdirSync(folder);
  putClaude(join(person.home, '.claude/local'), 'echo "Running: x (9.9)"');
  const env = { ...person.env, PATH: join(person.base, 'nothing') };
  expect(await askClaude(folder, env)).toMatchObject({ version: '9.9' });
  putClaude(join(person.base, 'bin'), 'echo "Running: x (10.1)"');
  const both = { ...env, PATH: join(person.base, 'bin') };
  expect(await askClaude(folder, both)).toMatchObject({ version: '10.1' });
});
