import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ignoreTrouble, tellOnce } from '../../lib/briefing/config-trouble.ts';
import { findHookContext } from '../../lib/briefing/hook-context.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { createHookUser } from '../hooks/hook-user.ts';
import { hookContextOf } from './context-of.ts';

const nothing = { session_id: undefined, cwd: undefined };

test('CLAUDE_PROJECT_DIR says where a session stands, whatever folder it went to since', async () => {
  const person = createHookUser();
  const elsewhere = join(person.home, 'elsewhere');
  mkdirSync(join(elsewhere, '.git'), { recursive: true });
  const hook = hookContextOf({ ...person, project: elsewhere });
  expect(hook.context.search.project?.root).toBe(person.project);
});

test('without it the session’s folder counts', async () => {
  const person = createHookUser();
  for (const CLAUDE_PROJECT_DIR of [undefined, '']) {
    const env = { ...person.env, CLAUDE_PROJECT_DIR };
    const hook = hookContextOf({ ...person, env });
    expect(hook.context.search.project?.root).toBe(person.project);
  }
});

test.for([
  ['no session', nothing, {}],
  ['an empty session', { session_id: '', cwd: undefined }, {}],
  ['a session with a line break', { session_id: 'a\nb', cwd: undefined }, {}],
  ['a session that is no id', { session_id: 'x'.repeat(129), cwd: undefined }, {}],
  ['a relative folder', { session_id: 'a', cwd: undefined }, { CLAUDE_PROJECT_DIR: 'web' }],
  ['a folder with NUL', { session_id: 'a', cwd: '/tmp/\0' }, { CLAUDE_PROJECT_DIR: undefined }],
] as const)('%s has no context', ([, input, env]) => {
  const person = createHookUser();
  expect(findHookContext(input, { ...person.env, ...env })).toBeUndefined();
});

test('trouble with the configuration is told once or not, every other failure is one', () => {
  const person = createHookUser();
  const input = { session_id: 'a', cwd: person.project };
  const trouble = new DocketError('not_trusted', 'why', { hint: 'Do this' });
  const { env } = person;
  expect(tellOnce(trouble, input, { env })).toEqual({ systemMessage: 'docket: why. Do this' });
  expect(tellOnce(trouble, input, { env })).toBeUndefined();
  expect(tellOnce(trouble, { ...input, session_id: 'b' }, { env })).toBeDefined();
  expect(
    tellOnce(trouble, nothing, { env: { ...env, CLAUDE_CODE_SESSION_ID: '' } }),
  ).toBeUndefined();
  expect(ignoreTrouble(trouble)).toBeUndefined();
  expect(() => tellOnce(new TypeError('x'), input, { env })).toThrow(TypeError);
  expect(() => ignoreTrouble(new TypeError('x'))).toThrow(TypeError);
});
