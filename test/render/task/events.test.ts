import { expect, test } from 'vitest';
import type { EventView } from '../../../lib/model/answers/task.ts';
import { renderEvents } from '../../../lib/render/task/events.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';

function line(fields: Partial<EventView>) {
  const event = {
    seq: 1,
    task: 'web-k3f9',
    title: 'Wire it',
    verb: 'updated',
    actor: 'alice@one',
    session: 's',
    agent: 'main',
    old: null,
    new: null,
    createdAt: '2026-11-21T10:02:03.456Z',
    ...fields,
  };
  return renderEvents([event], plainStyle)[0];
}

test('an event is a line with time, actor, verb and what is new', () => {
  expect(line({ new: { title: 'Better', priority: 0, task_context: '{"a":1}' } })).toBe(
    '2026-11-21 10:02Z  alice@one#s  updated web-k3f9 Wire it  title: Better, priority: 0, task_context: {"a":1}',
  );
});

test('status and claim are said by verb and actor', () => {
  const detail = { status: 'in_progress', claim: { session: 's' } };
  expect(line({ verb: 'claimed', new: detail })).toBe(
    '2026-11-21 10:02Z  alice@one#s  claimed web-k3f9 Wire it',
  );
});

test('a title that the task still has is said once', () => {
  expect(line({ verb: 'created', new: { title: 'Wire it', priority: 1 } })).toBe(
    '2026-11-21 10:02Z  alice@one#s  created web-k3f9 Wire it  priority: 1',
  );
});

test('an agent other than the main one is named, and an event may have no task', () => {
  expect(line({ agent: 'review', task: null, title: null, verb: 'made' })).toBe(
    '2026-11-21 10:02Z  alice@one#s/review  made',
  );
});

test('what people wrote is cut and stays in its line', () => {
  expect(line({ new: { title: `a\nb${'x'.repeat(200)}` } })).toMatch(/title: a bx{76}…$/);
});
