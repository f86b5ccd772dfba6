import type { Operation } from './operation.ts';

/** What operations are drawn from. */
interface Pool {
  readonly keys: readonly string[];
  readonly containers: readonly string[];
  readonly random: () => number;
}

export function anyOperation({ keys, containers, random }: Pool): Operation {
  const one = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
  const key = one(keys);
  const operations: readonly Operation[] = [
    { verb: 'claimNext' },
    { verb: 'claim', key },
    { verb: 'steal', key },
    { verb: 'release', key },
    { verb: 'close', key },
    { verb: 'cancel', key },
    { verb: 'block', key, reason: 'the vendor' },
    { verb: 'unblock', key },
    { verb: 'reopen', key },
    { verb: 'note', key, text: 'still at it' },
    { verb: 'note', key, text: 'and again' },
    { verb: 'link', key, target: one(keys) },
    { verb: 'unlink', key, target: one(keys) },
    { verb: 'create', title: 'New', parent: random() < 0.5 ? one(containers) : undefined },
    { verb: 'report', key, report: { status: 'completed', outcome: 'done' } },
    { verb: 'report', key, report: { status: 'failed', outcome: 'no disk' } },
    { verb: 'plan', key: one(containers), titles: ['x', 'y'] },
  ];
  return operations[Math.floor(random() * operations.length)] ?? { verb: 'claimNext' };
}

/** Mulberry32: the same operations and deaths in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
