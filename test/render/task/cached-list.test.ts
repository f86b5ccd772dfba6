import { expect, test } from 'vitest';
import type { PromptList } from '../../../lib/model/prompt/list.ts';
import { renderCachedList } from '../../../lib/render/task/cached-list.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';

const claim = {
  key: 'web-k3f9',
  priority: 1,
  title: 'Wire the \u001b[31mvalve',
  session: 'a',
  agent: 'main',
  actor: 'alice@one',
  since: '2026-11-21T09:50:00.000Z',
  holder: null,
  lastNote: 'halfway',
  plan: null,
};

const list: PromptList = {
  slug: 'web',
  seq: 7,
  at: '2026-11-21T10:02:33.000Z',
  mine: [claim],
  others: [{ ...claim, key: 'web-9zk2', session: 'b', actor: 'bob@two', lastNote: null }],
  blocked: [{ key: 'web-77qa', priority: 2, title: 'Import', plan: null, reason: 'no key' }],
  ready: [{ key: 'web-a3b2', priority: 0, title: 'Rotate', plan: null }],
  waiting: [{ key: 'web-b2c3.1', priority: 3, title: 'Later', plan: null, needs: 'web-k3f9' }],
  counts: { inProgress: 2, blocked: 1, ready: 12, waiting: 101 },
};

const frame = {
  session: 'a',
  probe: { scope: null, isAlive: () => false },
  style: plainStyle,
  age: '12 min ago',
  isAmended: true,
};

test('the last list is told to people, with what it is and what it leaves out', () => {
  expect(renderCachedList(list, frame).split('\n')).toEqual([
    'web as a prompt on this machine last showed it, 12 min ago, with what commands here have changed since:',
    'web-k3f9    P1  [→] Wire the [31mvalve  (you, 12 min; last note: halfway)',
    'web-9zk2    P1  [→] Wire the [31mvalve  (bob@two#b, 12 min)',
    'web-77qa    P2  [!] Import  (blocked: no key)',
    'web-a3b2    P0  [ ] Rotate',
    'web-b2c3.1  P3  [ ] Later  (needs web-k3f9)',
    '+11 more ready, 100+ more waiting',
  ]);
});

test('a list on which nothing was open says so', () => {
  const counts = { inProgress: 0, blocked: 0, ready: 0, waiting: 0 };
  const empty = { ...list, mine: [], others: [], blocked: [], ready: [], waiting: [], counts };
  expect(renderCachedList(empty, { ...frame, isAmended: false })).toBe(
    'web as a prompt on this machine last showed it, 12 min ago:\nNothing was open.',
  );
});
