import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standingsOf } from '../../../lib/model/prompt/known.ts';
import type { Change, ChangeKind } from '../../../lib/model/prompt/task-change.ts';
import { renderChanges } from '../../../lib/render/prompt/changes.ts';
import { nastyText } from '../nasty-text.ts';
import { promptList } from '../prompt-list-arbitrary.ts';

const kinds: readonly ChangeKind[] = [
  ...(['done', 'cancelled', 'taken', 'claimed', 'working', 'abandoned', 'blocked'] as const),
  ...(['released', 'unblocked', 'reopened', 'ready', 'waiting', 'split', 'noted'] as const),
  'changed',
];
const probe = { scope: 'here', isAlive: () => true };
const worker = fc.record({ actor: nastyText, session: nastyText, agent: nastyText });

test('whatever the data, the frame is docket’s, and each change has a line of its own', () => {
  const anything = fc.record({
    list: promptList,
    who: fc.record({ actor: nastyText, session: nastyText, probe: fc.constant(probe) }),
    by: fc.option(worker, { nil: undefined }),
    outcome: fc.option(nastyText),
    plan: fc.record({ key: nastyText, title: nastyText, done: fc.nat(), total: fc.nat() }),
  });
  fc.assert(
    fc.property(anything, ({ list, who, by, outcome, plan }) => {
      const tasks = standingsOf(list, () => undefined).flatMap((task): readonly Change[] =>
        kinds.map((kind) => ({ kind, by, task: { ...task, detail: outcome ?? task.detail } })),
      );
      const known = { slug: '', version: '', seq: 0, tasks: [], plans: [] };
      const text = renderChanges(list, { tasks, plans: [plan], known }, who);
      const lines = text.split('\n');
      expect(lines[0]).toMatch(/^<docket workspace="[^"<>]*" at="[^"<>]*" you="[^"<>]*">$/);
      expect(lines.at(-1)).toBe('</docket>');
      expect(lines.filter((line) => line.startsWith('- '))).toHaveLength(tasks.length);
      expect(lines).toHaveLength(tasks.length + 5);
      expect(text.match(/<\s*\/?\s*[a-z!?]/giu)).toHaveLength(2);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
      expect(text).not.toMatch(/(?![\u200c\u200d])\p{Cf}/u);
      expect(text.isWellFormed()).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('what is told first is what was taken, and what is done', () => {
  const task = { key: 'web-1a', title: 'Wire it', priority: 1, detail: 'It works' };
  const standing = { ...task, part: 'completed', claim: null } as const;
  const by = { actor: 'bob@two', session: '3f2a', agent: 'main' };
  const changes = (['noted', 'ready', 'done'] as const).map((kind) => ({
    ...{ kind, by, task: standing },
  }));
  const list = {
    ...{ slug: 'web', seq: 7, at: '2026-11-21T10:02:33.000Z', mine: [], others: [], blocked: [] },
    ...{ ready: [], waiting: [] },
    counts: { inProgress: 2, blocked: 0, ready: 101, waiting: 3 },
  };
  const known = { slug: 'web', version: '7', seq: 7, tasks: [], plans: [] };
  const plans = [{ key: 'web-sfmu', title: 'API authentication', done: 2, total: 3 }];
  const reader = { actor: 'alice@one', session: '77aa-1', probe };
  expect(
    renderChanges(list, { tasks: changes, plans, known }, reader).split('\n').slice(2),
  ).toEqual([
    '- Done by bob@two#3f2a: web-1a P1 Wire it: It works',
    '- Now ready: web-1a P1 Wire it',
    '- Noted by bob@two#3f2a: web-1a: It works',
    'Plan: API authentication (web-sfmu, 2 of 3)',
    'Now: 2 in progress, 0 blocked, 100+ ready, 3 waiting.',
    '</docket>',
  ]);
});

test('work that its review sent back is told as such', () => {
  const ready = [
    { key: 'web-1a', title: 'Wire it', priority: 1, plan: null, isRejected: true },
    { key: 'web-2b', title: 'Test it', priority: 1, plan: null },
  ];
  const list = {
    ...{ slug: 'web', seq: 7, at: '2026-11-21T10:02:33.000Z', mine: [], others: [], blocked: [] },
    ...{ ready, waiting: [] },
    counts: { inProgress: 0, blocked: 0, ready: 2, waiting: 0 },
  };
  const tasks = standingsOf(list, () => undefined).map((task) => ({
    ...{ kind: 'reopened' as const, task, by: undefined },
  }));
  const known = { slug: 'web', version: '7', seq: 7, tasks: [], plans: [] };
  const reader = { actor: 'alice@one', session: '77aa-1', probe };
  expect(renderChanges(list, { tasks, plans: [], known }, reader).split('\n').slice(2, 4)).toEqual([
    '- Reopened, ready: web-1a P1 Wire it (sent back by its review)',
    '- Reopened, ready: web-2b P1 Test it',
  ]);
});
