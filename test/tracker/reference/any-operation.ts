import fc from 'fast-check';
import type { ListOperation } from './reference-list.ts';

/** An operation before it is known which tasks there are: numbers stand for keys. */
export interface Draft {
  readonly worker: 'alice' | 'bob' | 'carol';
  readonly verb: ListOperation['verb'];
  readonly first: number;
  readonly second: number;
  readonly flag: boolean;
}

// What makes trees and links is drawn more often, so that there is something to get wrong.
const verbs: fc.Arbitrary<ListOperation['verb']> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('create' as const, 'plan' as const) },
  { weight: 4, arbitrary: fc.constant('link' as const) },
  { weight: 5, arbitrary: fc.constantFrom('claim' as const, 'claimNext' as const) },
  { weight: 4, arbitrary: fc.constantFrom('close' as const, 'cancel' as const) },
  { weight: 4, arbitrary: fc.constantFrom('block' as const, 'unblock' as const) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...([
        'release',
        'reopen',
        'steal',
        'unlink',
        'note',
      ] as const satisfies ListOperation['verb'][]),
    ),
  },
);

// Small numbers are not worth more than others here: they are tasks.
const anyNumber = fc.noBias(fc.nat({ max: 60 }));

export const anyDraft: fc.Arbitrary<Draft> = fc.record({
  worker: fc.constantFrom('alice' as const, 'bob' as const, 'carol' as const),
  verb: verbs,
  first: anyNumber,
  second: anyNumber,
  flag: fc.boolean(),
});

/** The operation on the tasks that there are; undefined when it needs one and there is none. */
export function toOperation(draft: Draft, keys: readonly string[]): ListOperation | undefined {
  const { verb, first, second, flag } = draft;
  const key = keys[first % keys.length];
  if (verb === 'claimNext') return { verb };
  if (verb === 'create') return { verb, title: 'New', parent: flag ? key : undefined };
  if (key === undefined) return undefined;
  switch (verb) {
    case 'plan':
      return { verb, key, titles: ['One', 'Two'] };
    case 'link':
    case 'unlink':
      return { verb, key, target: keys[second % keys.length] ?? key };
    case 'block':
      return { verb, key, reason: 'the vendor' };
    case 'note':
      return { verb, key, text: 'still at it' };
    case 'close':
    case 'cancel':
      return { verb, key, all: flag };
    default:
      return { verb, key };
  }
}
