import { expect, test } from 'vitest';
import { renderWho } from '../../../lib/render/text/who.ts';

test.for([
  ['3f2a9c11-0000', 'main', 'alice@one#3f2a'],
  ['3f2a9c11-0000', 'a1', 'alice@one#3f2a/a1'],
  ['terminal:one:alice', 'main', 'alice@one'],
  ['terminal:alice@one#k3f9x2ab', 'main', 'alice@one#k3f9'],
  ['run:a8a7d2f0-0000', 'main', 'alice@one#run:a8a7'],
  ['nightly-41', 'main', 'alice@one#nightly-41'],
  ['run:nightly-42', 'main', 'alice@one#run:nightly-42'],
  ['nightly-2026-11-42', 'main', 'alice@one#26-11-42'],
  ['a) (you, now', 'main', 'alice@one#a_you_now'],
] as const)('session %s with agent %s is %s', ([session, agent, who]) => {
  expect(renderWho({ actor: 'alice@one', session, agent })).toBe(who);
});
