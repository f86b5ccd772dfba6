import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatherSessions, gatherTrees, type PastEvent } from '../../../lib/model/figures/recap.ts';

function event(session: string, verb: string, taskId: string | null = null): PastEvent {
  return { session, verb, taskId, actor: `${session}@one`, createdAt: '2026-11-21T10:00:00.000Z' };
}

/** Told in the order in which it happened. */
function gather(
  events: readonly PastEvent[],
  options: Partial<Parameters<typeof gatherSessions>[1]> = {},
) {
  const all = { count: 3, own: 'me', holders: new Set<string>(), ...options };
  return gatherSessions([...events].reverse(), all).map(({ session, completed, created }) => ({
    session,
    completed,
    created,
  }));
}

test('sessions come with what they did, the one that acted last first', () => {
  expect(
    gather([
      event('a', 'created', '1'),
      event('b', 'created', '2'),
      event('b', 'completed', '2'),
      event('a', 'created', '3'),
      event('a', 'noted', '3'),
    ]),
  ).toEqual([
    { session: 'a', completed: [], created: ['3', '1'] },
    { session: 'b', completed: ['2'], created: ['2'] },
  ]);
});

test('what was opened again is nobody’s result, whoever opened it', () => {
  expect(
    gather([
      event('a', 'completed', '1'),
      event('a', 'completed', '2'),
      event('b', 'reopened', '1'),
      event('b', 'completed', '3'),
      event('a', 'cancelled', '3'),
    ]),
  ).toEqual([{ session: 'a', completed: ['2'], created: [] }]);
});

test('an undo leaves what was before the verb that it took back', () => {
  const undo = (session: string, undid: string, taskId: string) => ({
    ...event(session, 'undone', taskId),
    undid,
  });
  expect(
    gather([
      event('a', 'completed', '1'),
      undo('a', 'completed', '1'),
      event('a', 'completed', '2'),
      event('b', 'reopened', '2'),
      undo('b', 'reopened', '2'),
      event('a', 'completed', '3'),
      event('a', 'updated', '3'),
      undo('a', 'updated', '3'),
      event('a', 'completed', '4'),
      event('a', 'updated', '4'),
      undo('a', 'updated', '4'),
      undo('a', 'completed', '4'),
    ]),
  ).toEqual([{ session: 'a', completed: ['3', '2'], created: [] }]);
});

test('a task that was completed twice is the result of who completed it last', () => {
  const events = [event('a', 'completed', '1'), event('b', 'reopened', '1')];
  expect(gather([...events, event('b', 'completed', '1')])).toEqual([
    { session: 'b', completed: ['1'], created: [] },
  ]);
});

test('the session that asks takes no place of another', () => {
  const events = ['a', 'me', 'b', 'c'].map((session) => event(session, 'created', session));
  const sessions = (count: number) =>
    gather(events, { count, own: 'me' }).map(({ session }) => session);
  expect(sessions(2)).toEqual(['c', 'b', 'me']);
  expect(sessions(1)).toEqual(['c', 'me']);
});

test('a session that left nothing is not told of, and takes no place', () => {
  const events = [
    event('a', 'created', '1'),
    event('b', 'claimed', '1'),
    event('c', 'noted', '1'),
    event('me', 'updated', '1'),
  ];
  const sessions = (holders: readonly string[], count: number) =>
    gather(events, { count, holders: new Set(holders) }).map(({ session }) => session);
  expect(sessions([], 1)).toEqual(['a']);
  expect(sessions(['b'], 2)).toEqual(['b', 'a']);
  expect(sessions(['b'], 1)).toEqual(['b']);
});

test('however many events there are, no more sessions are told of than were asked for', () => {
  const anEvent = fc
    .tuple(
      fc.constantFrom('a', 'b', 'c', 'd', 'me'),
      fc.constantFrom('created', 'completed', 'cancelled', 'reopened', 'noted'),
      fc.constantFrom('1', '2', '3', null),
    )
    .map((parts) => event(...parts));
  fc.assert(
    fc.property(fc.array(anEvent), fc.integer({ min: 1, max: 4 }), (events, count) => {
      const works = gatherSessions(events, { count, own: 'me', holders: new Set() });
      expect(works.filter(({ session }) => session !== 'me').length).toBeLessThanOrEqual(count);
      const completed = works.flatMap((work) => work.completed);
      expect(new Set(completed).size).toBe(completed.length);
    }),
  );
});

test('new tasks are told as trees, whose parts are counted wherever they stand', () => {
  const tasks = [
    { id: 'deep', parentId: 'part' },
    { id: 'part', parentId: 'top' },
    { id: 'other', parentId: 'elsewhere' },
    { id: 'top', parentId: null },
  ];
  expect(gatherTrees(tasks)).toEqual([
    { id: 'other', below: 0 },
    { id: 'top', below: 2 },
  ]);
});
