import type { PastBlock } from '../../model/task/past-blocks.ts';

/** `the vendor's key. Settled: it is in the vault`; without the end when nobody said how. */
export function renderPastBlock({ blocker, resolution }: PastBlock): string {
  const how = resolution === null ? 'Settled' : `Settled: ${resolution}`;
  return `${blocker.trim().replace(/\.$/, '')}. ${how}`;
}
