import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RecapAnswer } from '../../../lib/model/answers/recap.ts';
import { renderRecapForPeople } from '../../../lib/render/figures/recap-for-people.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';
import { displayWidth } from '../../../lib/render/text/width.ts';
import { anyCharacter } from '../nasty-text.ts';
import { claim } from '../task-view.ts';

const empty = { total: 0, tasks: [] };
const at = '2026-11-21T10:00:00.000Z';

function task(key: string, title: string, client: string | null = null) {
  return { key, title, priority: 2, client, project: null } as const;
}

function recapOf(text: string): RecapAnswer {
  const done = (key: string, completedAt: string) => ({
    ...task(key, text, 'acme'),
    ...{ outcome: `## Result\n${text}`, completedAt },
  });
  const session = {
    ...({ session: 'run:0197', actor: 'bob@two', state: 'ended', endedAt: at } as const),
    ...{ startedAt: null, lastActedAt: at, inProgress: empty, created: empty },
  };
  return {
    sessions: [
      { ...session, completed: { total: 1, tasks: [done('web-a', '2026-11-21T08:00:00.000Z')] } },
      {
        ...session,
        actor: 'alice@one',
        completed: { total: 4, tasks: [done('web-b', '2026-11-21T09:00:00.000Z')] },
      },
    ],
    othersInProgress: {
      total: 2,
      tasks: [
        { ...task('web-c', text), claim: { ...claim, actor: 'bob@two' }, lastNote: 'halfway' },
        {
          ...task('web-d', text),
          claim: { ...claim, actor: 'eve@six', stale: true, absence: 'ended' },
          lastNote: null,
        },
      ],
    },
    blocked: { total: 1, tasks: [{ ...task('web-e', text), reason: 'no access', since: at }] },
    ready: { total: 9, tasks: [{ ...task('web-f', text), project: 'dashboard' }] },
    totalLimit: 10_000,
    events: { lookedAt: 9, isCut: false },
    at,
  };
}

test('people read what was done, by whom and for whom, what is stuck and what comes next', () => {
  expect(renderRecapForPeople(recapOf('Mend it'), plainStyle)).toBe(`Done (5)
web-b  P2  [✓] Mend it  (alice@one; 1 h ago; for acme)
    Mend it
web-a  P2  [✓] Mend it  (bob@two; 2 h ago; for acme)
    Mend it
+3 more: docket list --status completed --sort updated

Being worked on (2)
web-c  P2  [→] Mend it  (bob@two; 1 h)
    halfway
web-d  P2  [→] Mend it  (eve@six, last seen 30 min ago)

Stuck (1)
web-e  P2  [!] Mend it  (since just now)
    no access

Next (9)
web-f  P2  [ ] Mend it  (project dashboard)
+8 more: docket ready`);
});

test('it has no words that only agents and sessions know', () => {
  const text = renderRecapForPeople(recapOf('Mend it'), plainStyle);
  expect(text).not.toMatch(/session|agent|report|claim|event|#|instructions/i);
});

test('an empty list says how to begin', () => {
  const nothing = { ...recapOf('x'), sessions: [], othersInProgress: empty, blocked: empty };
  const none = renderRecapForPeople({ ...nothing, ready: empty }, plainStyle);
  expect(none).toBe('Nothing was done here yet.\n  try: docket create TITLE');
});

test('of many tasks the latest are told, and the others are counted', () => {
  const recap = recapOf('Mend it');
  const [session] = recap.sessions;
  const sessions = Array.from({ length: 12 }, () => session).flatMap((each) => each ?? []);
  const text = renderRecapForPeople({ ...recap, sessions }, plainStyle);
  expect(text).toMatch(/^Done \(12\)\n/);
  expect(text.match(/\[✓\]/g)).toHaveLength(10);
  expect(text).toContain('\n+2 more: docket list --status completed');
});

test('nobody’s text breaks a line, and on a terminal every line fits', () => {
  const character = fc.oneof(anyCharacter, fc.constantFrom('漢', 'x', ' '));
  const texts = fc.string({ unit: character, maxLength: 120 });
  fc.assert(
    fc.property(texts, fc.constantFrom(80, 200), (text, width) => {
      const style = { width, colour: false };
      const lines = renderRecapForPeople(recapOf(text), style).split('\n');
      for (const line of lines) {
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(line).toMatch(/^$|^(web-|\+| {4}|Done|Being|Stuck|Next)/);
      }
    }),
  );
});
