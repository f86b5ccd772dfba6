import fc from 'fast-check';
import { type PromptClaim, type PromptList, promptLimits } from '../../lib/model/prompt/list.ts';
import { nastyText } from './nasty-text.ts';

const priority = fc.integer({ min: 0, max: 4 });
const plan = fc.option(fc.record({ title: nastyText, done: fc.nat(), total: fc.nat() }));
const key = fc.oneof(nastyText, fc.constantFrom('web-a.1', 'web-a.2', 'web-b.1', 'web-a.1.1'));
const task = { key, priority, title: nastyText, plan };
const time = fc
  .integer({ min: 0, max: 10_000_000_000 })
  .map((ago) => new Date(Date.UTC(2026, 10, 21, 12) - ago).toISOString());

const claimed = fc.record({
  ...task,
  session: fc.oneof(fc.constant('reader'), nastyText),
  agent: fc.oneof(fc.constant('main'), nastyText),
  actor: nastyText,
  since: time,
  lastNote: fc.option(nastyText),
  holder: fc.option(
    fc.record({
      id: nastyText,
      lastSeenAt: time,
      endedAt: fc.option(time),
      processScope: fc.option(fc.constantFrom('here', 'there')),
      processId: fc.option(fc.nat()),
      processStart: fc.option(fc.constant('1')),
    }),
  ),
});
const claim: fc.Arbitrary<PromptClaim> = fc.oneof(
  claimed,
  fc.tuple(claimed, nastyText).map(([fields, branch]) => ({ ...fields, branch })),
);

/** What `total` may be when `shown` rows were read of at most `limit`. */
function total(shown: number, limit: number): fc.Arbitrary<number> {
  return shown < limit
    ? fc.constant(shown)
    : fc.integer({ min: shown, max: Math.max(shown, promptLimits.count) });
}

/** A list as the database gives it: cut at the limits, with true counts. */
export const promptList: fc.Arbitrary<PromptList> = fc
  .record({
    slug: nastyText,
    seq: fc.nat(),
    at: fc.oneof(fc.constant('2026-11-21T12:00:00.000Z'), nastyText),
    mine: fc.array(claim, { maxLength: promptLimits.mine }),
    others: fc.array(claim, { maxLength: promptLimits.others }),
    blocked: fc.array(fc.record({ ...task, reason: nastyText }), {
      maxLength: promptLimits.blocked,
    }),
    ready: fc.array(fc.record(task), { maxLength: promptLimits.ready }),
    waiting: fc.array(fc.record({ ...task, needs: fc.option(nastyText) }), {
      maxLength: promptLimits.waiting,
    }),
  })
  .chain((list) =>
    fc
      .record({
        inProgress: fc.integer({
          min: list.mine.length + list.others.length,
          max: promptLimits.count,
        }),
        blocked: total(list.blocked.length, promptLimits.blocked),
        ready: total(list.ready.length, promptLimits.ready),
        waiting: fc.integer({ min: 0, max: promptLimits.count }),
      })
      .map((counts) => ({ ...list, counts })),
  );
