import fc from 'fast-check';
import { anyDraft } from './any-operation.ts';

/** Who takes a step of a random walk, and the number that stands for its task. */
export const by = {
  worker: fc.constantFrom('alice' as const, 'bob' as const),
  number: fc.noBias(fc.nat({ max: 60 })),
};

/** A step that is a verb of the reference. */
export const anyVerbStep = anyDraft.map((draft) => ({ kind: 'verb' as const, draft }));

/** The fields of a report that every walk draws. */
export const reportFields = {
  status: fc.constantFrom('completed', 'completed', 'failed', 'blocked', 'needs_review'),
  approval: fc.constantFrom('approved', 'rejected'),
  issues_found: fc.constant(['no tests']),
  follow_ups: fc.constant(['Look again']),
  outcome: fc.constant('as reported'),
};
