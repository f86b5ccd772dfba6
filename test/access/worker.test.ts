import { hostname, userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { findWorker } from '../../lib/access/worker.ts';

test('the session is that of Claude Code before any other', () => {
  const env = { CLAUDE_CODE_SESSION_ID: 'claude', DOCKET_SESSION: 'other', DOCKET_ACTOR: 'a@b' };
  expect(findWorker(env)).toEqual({ session: 'claude', agent: 'main', actor: 'a@b' });
  expect(findWorker({ ...env, CLAUDE_CODE_SESSION_ID: '' }).session).toBe('other');
});

test('a person at a terminal is a session of their own', () => {
  const actor = `${userInfo().username}@${hostname().split('.')[0]}`;
  expect(findWorker({})).toEqual({ session: `terminal:${actor}`, agent: 'main', actor });
});

test('an agent may name itself', () => {
  expect(findWorker({ DOCKET_AGENT: 'agent-7' }).agent).toBe('agent-7');
});

test('a long actor still gives a session that fits', () => {
  const { session } = findWorker({ DOCKET_ACTOR: 'x'.repeat(500) });
  expect(session).toHaveLength(128);
});

test.for(['CLAUDE_CODE_SESSION_ID', 'DOCKET_SESSION', 'DOCKET_AGENT'])(
  'a %s that is too long is refused',
  (variable) => {
    expect(() => findWorker({ [variable]: 'x'.repeat(129) })).toThrow(
      expect.objectContaining({ code: 'usage' }),
    );
  },
);
