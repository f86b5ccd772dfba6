import { expect, test } from 'vitest';
import type { KnownTask, Standing } from '../../../lib/model/prompt/known.ts';
import { createTeller } from '../../../lib/model/prompt/task-change.ts';

const key = 'web-k3f9';
const alice = { session: 'alice-session', agent: 'main', actor: 'alice@one' };
const bob = { session: 'bob-session', agent: 'main', actor: 'bob@two' };
const known: KnownTask = { key, title: 'Task', priority: 2, part: 'ready' };
const now = (part: 'ready' | 'cancelled', title = 'Task'): Standing => ({
  ...{ key, title, priority: 2, part, claim: null, detail: null },
});

function told(by: typeof alice, standing: Standing) {
  const tell = createTeller(
    ({ session }) => session === alice.session,
    [{ key, verb: 'undone', ...by }],
  );
  return tell(known, standing).map(({ kind, by: who }) => [kind, who?.actor]);
}

test('what a reader undid itself is not told, and what others undid is', () => {
  expect(told(alice, now('cancelled'))).toEqual([]);
  expect(told(bob, now('cancelled'))).toEqual([['cancelled', 'bob@two']]);
  expect(told(alice, now('ready', 'Former title'))).toEqual([]);
  expect(told(bob, now('ready', 'Former title'))).toEqual([['changed', 'bob@two']]);
});
