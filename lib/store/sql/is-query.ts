import type { Statement } from '../contract.ts';

/** Whether a statement only reads. */
export function isQuery({ sql }: Statement): boolean {
  return /^\s*(SELECT|WITH)\b/i.test(sql);
}
