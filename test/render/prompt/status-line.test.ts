import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PromptClaim, PromptList } from '../../../lib/model/prompt/list.ts';
import { renderStatusLine } from '../../../lib/render/prompt/status-line.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';
import { displayWidth } from '../../../lib/render/text/width.ts';
import { promptList } from '../prompt-list-arbitrary.ts';

const empty: PromptList = {
  ...{ slug: 'web', seq: 7, at: '2026-11-21T10:02:33.000Z', mine: [], others: [], blocked: [] },
  ...{ ready: [], waiting: [], counts: { inProgress: 0, blocked: 0, ready: 0, waiting: 0 } },
};

const view = {
  session: 'me',
  absence: ({ session }: PromptClaim) => (session === 'gone' ? ('crashed' as const) : undefined),
  style: plainStyle,
};

function claim(session: string, title = 'Rotate the signing key'): PromptClaim {
  return {
    ...{ key: 'web-k3f9', priority: 1, title, plan: null, session, agent: 'main' },
    ...{ actor: 'bob', since: '2026-11-21T09:50:00.000Z', holder: null, lastNote: null },
  };
}

function listOf(claims: readonly PromptClaim[], counts: Partial<PromptList['counts']> = {}) {
  const own = claims.filter(({ session }) => session === 'me');
  return {
    ...empty,
    mine: own,
    others: claims.filter((each) => !own.includes(each)),
    counts: { ...empty.counts, inProgress: claims.length, ...counts },
  };
}

describe('the line', () => {
  test.each([
    [listOf([]), 'docket web: no open tasks'],
    [listOf([], { waiting: 2 }), 'docket web: 2 waiting'],
    [
      listOf([claim('me'), claim('me'), claim('bob'), claim('gone')], { ready: 3 }),
      'docket web: 2 mine, 1 other, 3 ready, 1 abandoned',
    ],
    [listOf([claim('bob'), claim('eve')], { blocked: 1 }), 'docket web: 2 others, 1 blocked'],
    [
      listOf([claim('me'), claim('bob'), claim('eve')], { ready: 3 }),
      'web-k3f9 Rotate the signing key · 2 others · 3 ready',
    ],
    [listOf([claim('me')]), 'web-k3f9 Rotate the signing key'],
    [listOf([], { ready: 101 }), 'docket web: 100+ ready'],
    [
      listOf([claim('gone'), claim('bob')], { inProgress: 20 }),
      'docket web: 19 others, 1+ abandoned',
    ],
  ])('of %# reads like this', (list, line) => {
    expect(renderStatusLine(list, view)).toBe(line);
  });

  test('says that the database is away, and how old the list is', () => {
    const list = listOf([claim('bob')], { ready: 3 });
    expect(renderStatusLine(list, { ...view, away: '5 min' })).toBe(
      'docket web: database away, 1 other, 3 ready, 5 min old',
    );
    expect(renderStatusLine(list, { ...view, away: 'now' })).toBe(
      'docket web: database away, 1 other, 3 ready',
    );
  });

  test('cuts a title to the terminal, and leaves out one that there is no room for', () => {
    const list = listOf([claim('me', 'A title that is far too long for a small terminal')], {
      ready: 3,
    });
    const of = (width: number) =>
      renderStatusLine(list, { ...view, style: { width, colour: false } });
    expect(of(60)).toBe('web-k3f9 A title that is far too long for a s… · 3 ready');
    expect(of(30)).toBe('docket web: 1 mine, 3 ready');
  });

  test('tells mine, abandoned and blocked apart by colour where it may', () => {
    const list = listOf([claim('me'), claim('me'), claim('gone')], { blocked: 1 });
    expect(renderStatusLine(list, { ...view, style: { width: 80, colour: true } })).toBe(
      'docket web: \u001b[32m2 mine\u001b[0m, \u001b[31m1 blocked\u001b[0m, ' +
        '\u001b[33m1 abandoned\u001b[0m',
    );
  });

  test('is one line of what can be printed, within the terminal, whatever the titles', () => {
    fc.assert(
      fc.property(promptList, fc.integer({ min: 100, max: 200 }), (list, width) => {
        const session = list.mine[0]?.session ?? 'me';
        const style = { width, colour: false };
        const line = renderStatusLine(list, { ...view, session, style });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be printed
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
