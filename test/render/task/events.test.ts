import { expect, test } from 'vitest';
import type { EventView } from '../../../lib/model/answers/task.ts';
import { renderEvents } from '../../../lib/render/task/events.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';
import { displayWidth } from '../../../lib/render/text/width.ts';

const at = '2026-11-21T10:02:03.456Z';

function event(fields: Partial<EventView>): EventView {
  return {
    ...{ seq: 1, task: 'web-k3f9', title: 'Wire it' },
    ...{ verb: 'updated', actor: 'alice@one', session: 's', agent: 'main', old: null, new: null },
    createdAt: '2026-11-21T10:00:01.456Z',
    ...fields,
  };
}

const titles = { 'web-a2b3': 'Write the code', 'web-k3f9': 'API authentication' };

function render(events: readonly EventView[], total = events.length) {
  const answer = { events: [...events], titles, total, totalLimit: 100, at };
  return renderEvents(answer, { style: plainStyle, more: 'docket log --limit 9' });
}

function line(fields: Partial<EventView>): string {
  return render([event(fields)]).text;
}

test('an event is a line with time, actor, verb and what is new, in words', () => {
  const change = { title: 'Better', priority: 0, task_type: 'bugfix', task_context: '{"a":1}' };
  expect(line({ new: { ...change, estimated_minutes: null } })).toBe(
    '2 min ago  alice@one#s  updated web-k3f9 Wire it  title: Better, priority: 0, type: bugfix, context: {"a":1}, estimate: none',
  );
});

test('of another day it is the date and the time on the clock of whoever reads', () => {
  const createdAt = '2026-11-19T10:00:01.456Z';
  expect(line({ createdAt })).toMatch(/^2026-11-19 \d\d:00 {2}alice@one#s/);
});

test('a link says what it means, with the title of where it leads', () => {
  const linked = (type: string) => line({ verb: 'linked', new: { type, target: 'web-a2b3' } });
  expect(linked('blocks')).toMatch(/linked web-k3f9 Wire it {2}needs web-a2b3 Write the code$/);
  expect(linked('related')).toMatch(/ {2}is related to web-a2b3 Write the code$/);
  expect(linked('discovered_from')).toMatch(/ {2}was found in web-a2b3 Write the code$/);
  const old = { type: 'blocks', target: 'web-a2b3' };
  expect(line({ verb: 'unlinked', old })).toMatch(
    /unlinked web-k3f9 Wire it {2}needs web-a2b3 Write the code$/,
  );
});

test('a subtask names its container', () => {
  expect(line({ task: 'web-k3f9.1' })).toMatch(
    /updated web-k3f9\.1 Wire it \(part of API authentication\)$/,
  );
});

test('an undo says what it undid, without the words of the record', () => {
  expect(line({ verb: 'undone', new: { undoes: 4, verb: 'claimed' } })).toMatch(
    /undid: claimed web-k3f9 Wire it$/,
  );
  const link = { type: 'blocks', target: 'web-a2b3' };
  expect(line({ verb: 'undone', new: { undoes: 4, verb: 'noted', ...link } })).toMatch(
    /undid: added a note to web-k3f9 Wire it {2}needs web-a2b3 Write the code$/,
  );
});

test.for([
  ['noted', 'added a note to web-k3f9 Wire it'],
  ['stolen', 'took over web-k3f9 Wire it'],
  ['claim_moved', 'went on with web-k3f9 Wire it'],
  ['a_newer_verb', 'a newer verb web-k3f9 Wire it'],
])('%s is said in words', ([verb = '', words = '']) => {
  expect(line({ verb, new: { note: 'id', session: 's' } })).toMatch(new RegExp(`  ${words}$`));
});

test('status and claim are said by verb and actor', () => {
  const detail = { status: 'in_progress', claim: { session: 's' } };
  expect(line({ verb: 'claimed', new: detail })).toBe(
    '2 min ago  alice@one#s  claimed web-k3f9 Wire it',
  );
});

test('a title that the task still has is said once', () => {
  expect(line({ verb: 'created', new: { title: 'Wire it', priority: 1 } })).toBe(
    '2 min ago  alice@one#s  created web-k3f9 Wire it  priority: 1',
  );
});

test('an agent other than the main one is named, and an event may have no task', () => {
  expect(line({ agent: 'review', task: null, title: null, verb: 'made' })).toBe(
    '2 min ago  alice@one#s/review  made',
  );
});

test('what people wrote is cut and stays in its line', () => {
  expect(line({ new: { title: `a\nb${'x'.repeat(200)}` } })).toMatch(/title: a bx{76}…$/);
});

test('on a terminal each line fits, cut at its end', () => {
  const long = event({ task: 'web-k3f9.1', title: 'x'.repeat(50), new: { title: 'y'.repeat(70) } });
  const answer = { events: [long], titles, total: 1, totalLimit: 100, at };
  for (const width of [60, 80, 120]) {
    const style = { width, colour: false };
    const { text } = renderEvents(answer, { style, more: '' });
    expect(displayWidth(text)).toBeLessThanOrEqual(width);
    expect(text).toMatch(/…$/);
  }
});

test('what followed from subtasks is said so', () => {
  expect(line({ verb: 'started', new: { status: 'in_progress', followed: 'subtasks' } })).toMatch(
    /started web-k3f9 Wire it {2}with its subtasks$/,
  );
});

test('what is left out is counted, with the command that shows it', () => {
  expect(render([event({})], 9).rest).toEqual(['+8 more', '  try: docket log --limit 9']);
  expect(render([event({})]).rest).toEqual([]);
});
