import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inHookContext } from '../../lib/briefing/hook-context.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { createHookUser } from '../hooks/hook-user.ts';
import { placeOf } from './context-of.ts';

const nothing = { session_id: undefined, cwd: undefined };

test('CLAUDE_PROJECT_DIR says where a session stands, whatever folder it went to since', async () => {
  const person = createHookUser();
  const elsewhere = join(person.home, 'elsewhere');
  mkdirSync(join(elsewhere, '.git'), { recursive: true });
  const place = await placeOf({ ...person, project: elsewhere });
  expect(place.context.search.project?.root).toBe(person.project);
});

test('without it the session’s folder counts', async () => {
  const person = createHookUser();
  for (const CLAUDE_PROJECT_DIR of [undefined, '']) {
    const env = { ...person.env, CLAUDE_PROJECT_DIR };
    const place = await placeOf({ ...person, env });
    expect(place.context.search.project?.root).toBe(person.project);
  }
});

test.for([
  ['no session', nothing, {}],
  ['an empty session', { session_id: '', cwd: undefined }, {}],
  ['a session with a line break', { session_id: 'a\nb', cwd: undefined }, {}],
  ['a session that is no id', { session_id: 'x'.repeat(129), cwd: undefined }, {}],
  ['a relative folder', { session_id: 'a', cwd: undefined }, { CLAUDE_PROJECT_DIR: 'web' }],
  ['a folder with NUL', { session_id: 'a', cwd: '/tmp/\0' }, { CLAUDE_PROJECT_DIR: undefined }],
] as const)('%s has no place', async ([, input, env]) => {
  const person = createHookUser();
  const answer = await inHookContext(
    input,
    { ...person.env, ...env },
    { work: () => Promise.reject(new Error('has a place')) },
  );
  expect(answer).toBeUndefined();
});

test('trouble with the configuration is told, every other failure is one', async () => {
  const person = createHookUser();
  const input = { session_id: 'a', cwd: person.project };
  const trouble = new DocketError('not_trusted', 'why');
  const told = await inHookContext(input, person.env, {
    work: () => Promise.reject(trouble),
    onTrouble: (error, session) => ({ systemMessage: `${session}: ${error.message}` }),
  });
  expect(told).toEqual({ systemMessage: 'a: why' });
  const quiet = inHookContext(input, person.env, { work: () => Promise.reject(trouble) });
  expect(await quiet).toBeUndefined();
  const failed = inHookContext(input, person.env, {
    work: () => Promise.reject(new TypeError('x')),
  });
  await expect(failed).rejects.toThrow(TypeError);
});
