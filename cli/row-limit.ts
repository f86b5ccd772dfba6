import type { Flags } from './command.ts';
import { readNumber } from './read-number.ts';

/** How many rows a list shows. */
export const limitFlag = {
  limit: { type: 'string', value: 'N', description: 'show at most so many' },
} as const satisfies Flags;

/** @throws DocketError `usage` */
export function readLimit(
  { limit }: { readonly limit: string | undefined },
  normal: number,
): number {
  return limit === undefined ? normal : readNumber('limit', limit, { min: 1, max: 10_000 });
}
