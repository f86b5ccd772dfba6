import { expect, test } from 'vitest';
import type { PromptClaim, PromptList } from '../../../lib/model/prompt/list.ts';
import { renderStartLine } from '../../../lib/render/prompt/start-line.ts';

const empty: PromptList = {
  ...{ slug: 'web', seq: 7, at: '2026-11-21T10:02:33.000Z', mine: [], others: [], blocked: [] },
  ...{ ready: [], waiting: [], counts: { inProgress: 0, blocked: 0, ready: 0, waiting: 0 } },
};
const absence = ({ session }: PromptClaim) => (session === 'gone' ? 'ended' : undefined);

function claim(session: string): PromptClaim {
  return {
    ...{ key: 'web-k3f9', priority: 1, title: 'A task', plan: null, session, agent: 'main' },
    ...{ actor: 'bob', since: '2026-11-21T09:50:00.000Z', holder: null, lastNote: null },
  };
}

test('counts what is open, abandoned claims by themselves', () => {
  const others = [claim('bob'), claim('eve'), claim('gone')];
  const counts = { inProgress: 3, blocked: 1, ready: 101, waiting: 4 };
  expect(renderStartLine({ ...empty, others, counts }, absence)).toBe(
    'docket web: 2 in progress, 100+ ready, 1 blocked, 1 abandoned',
  );
});

test('of a list where all waits, or nothing is open, there is no line', () => {
  expect(renderStartLine(empty, absence)).toBeUndefined();
});
