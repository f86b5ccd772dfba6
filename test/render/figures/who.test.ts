import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LiveSession, WhoAnswer } from '../../../lib/model/answers/who.ts';
import { renderWhoList } from '../../../lib/render/figures/who.ts';
import { displayWidth } from '../../../lib/render/text/width.ts';
import { anyCharacter } from '../nasty-text.ts';

const at = '2026-11-21T12:00:00.000Z';
const reader = { session: 'f4630000-0000-4000-8000-000000000001' };

const alice: LiveSession = {
  session: reader.session,
  actor: 'alice@one',
  host: 'one',
  folder: '/home/alice/web',
  branch: 'fix-login',
  startedAt: '2026-11-21T10:00:00.000Z',
  lastSeenAt: at,
  holds: [
    {
      key: 'web-k3f9',
      title: 'Wire the flux valve',
      priority: 1,
      status: 'in_progress',
      agent: 'main',
      since: '2026-11-21T11:48:00.000Z',
    },
    {
      key: 'web-k3f9.2',
      title: 'Measure it',
      priority: 2,
      status: 'blocked',
      agent: 'coder-a1b2c3',
      since: '2026-11-21T11:00:00.000Z',
    },
  ],
  files: ['src/auth.ts', 'src/login.ts', 'README.md', 'docs/a.md', 'docs/b.md'].map(
    (path, index) => ({
      path,
      agent: 'main',
      task: null,
      at: new Date(Date.parse(at) - (index + 1) * 60_000).toISOString(),
    }),
  ),
};

const bob: LiveSession = {
  ...{ session: '9a1c0000-0000-4000-8000-000000000002', actor: 'bob@two', host: 'two' },
  ...{ folder: null, branch: null, holds: [], files: [] },
  startedAt: '2026-11-21T11:40:00.000Z',
  lastSeenAt: '2026-11-21T11:58:00.000Z',
};

function answer(fields: Partial<WhoAnswer> = {}): WhoAnswer {
  return { total: 2, sessions: [alice, bob], filesAreCut: false, at, ...fields };
}

test('each live session is told with its place, its tasks and its last files', () => {
  expect(renderWhoList(answer(), reader).split('\n')).toEqual([
    'Live sessions (2)',
    'you, alice@one#f463, on one in /home/alice/web, branch fix-login  (began 2 h ago, seen just now)',
    '  web-k3f9    P1  [→] Wire the flux valve  (12 min)',
    '  web-k3f9.2  P2  [!] Measure it  (1 h; blocked; agent coder-a1b2c3)',
    '  files: src/auth.ts 1 min ago, src/login.ts 2 min ago, README.md 3 min ago, +2 more: docket who --json',
    'bob@two#9a1c, on two  (began 20 min ago, seen 2 min ago)',
    '  holds nothing',
  ]);
});

test('what is left out is counted', () => {
  const lines = renderWhoList(answer({ total: 7, filesAreCut: true }), reader).split('\n');
  expect(lines.slice(-2)).toEqual(['+5 more', '  try: docket who --limit 7']);
  expect(lines.join('\n')).toContain('+2 or more: docket who --json');
});

test('nobody is told as nobody', () => {
  expect(renderWhoList(answer({ total: 0, sessions: [] }), reader)).toBe(
    'Nobody works here now.\n  try: docket recap',
  );
});

test('lines fit the terminal, and what they leave out of the files is counted', () => {
  for (const width of [80, 200]) {
    const text = renderWhoList(answer(), { ...reader, style: { width, colour: false } });
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
  }
  const narrow = renderWhoList(answer(), { ...reader, style: { width: 80, colour: false } });
  expect(narrow).toContain('files: src/auth.ts 1 min ago, +4 more: docket who --json');
  const painted = renderWhoList(answer(), { ...reader, style: { width: 200, colour: true } });
  expect(painted).toContain('\u001b[32myou, alice@one#f463\u001b[0m');
  expect(painted).toContain('\u001b[36mbob@two#9a1c\u001b[0m');
});

test('no text of others begins a line or adds one', () => {
  const text = fc.string({ unit: anyCharacter, maxLength: 60 });
  fc.assert(
    fc.property(text, (any) => {
      const [held] = alice.holds;
      const [file] = alice.files;
      if (held === undefined || file === undefined) return;
      const session = {
        ...{ ...alice, actor: any, host: any, folder: any, branch: any, session: any },
        holds: [{ ...held, title: any, agent: any }],
        files: [{ ...file, path: any }],
      };
      const lines = renderWhoList(answer({ sessions: [session, bob] }), reader).split('\n');
      expect(lines).toHaveLength(6);
      expect(lines[2]).toMatch(/^ {2}web-k3f9 /);
      expect(lines[3]).toMatch(/^ {2}files: /);
    }),
  );
});
